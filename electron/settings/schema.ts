import * as z from 'zod'
import { roles } from '../operators/operator.ts'
import { pscSchema } from './psc-schema.ts'
import { absolutePath, hasReadableUser, text, webUrl } from './values.ts'

/** The keys of the keyboard that open a module: F1 is help, F10 belongs to Windows' menus. */
export const shortcuts = ['F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F11', 'F12'] as const

const origin = webUrl.refine((value) => new URL(value).origin === value.replace(/\/$/u, ''), {
  error: 'attendu : une origine, sans chemin (https://exemple.fr)',
})
const launch = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('program'),
    command: absolutePath('attendu : le chemin complet du programme, jamais une ligne de commande'),
    args: z.array(z.string().max(2000)).max(50).default([]),
    /** `process`: left when its process ends; `none`: for programs that hand over to another process. */
    leave: z.enum(['process', 'none']).default('process'),
  }),
  z.strictObject({ kind: z.literal('window'), url: webUrl, origins: z.array(origin).max(50).optional() }),
  z.strictObject({ kind: z.literal('browser'), url: webUrl }),
])

const moduleSettings = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, {
      error: 'attendu : des minuscules, des chiffres ou des tirets (40 au plus)',
    }),
    label: text.max(60),
    shortcut: z.enum(shortcuts).optional(),
    access: z.enum(['none', 'operator', 'psc']),
    roles: z.array(z.enum(roles)).min(1).optional(),
    session: z.boolean().default(false),
    launch,
  })
  .refine(({ access, roles: reserved }) => access !== 'none' || reserved === undefined, {
    path: ['roles'],
    error: 'attendu : access « operator » ou « psc » quand des rôles sont donnés',
  })

/** A module as comptoir.json describes it. */
export type ModuleSettings = z.infer<typeof moduleSettings>
export type Launch = ModuleSettings['launch']

/** comptoir.json, whole, with its defaults: an empty object is a valid file (no module, no PSC). */
export const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  pharmacy: z
    .strictObject({ name: text.nullable().default(null), finess: text.nullable().default(null) })
    .prefault({}),
  workstation: z
    .strictObject({
      /** null: the computer's name. */
      name: text.nullable().default(null),
      /** The screen turned to patients: its name as the system shows it, or its rank from 1. */
      patientDisplay: z
        .union([text, z.int().min(1)])
        .nullable()
        .default(null),
    })
    .prefault({}),
  support: z
    .strictObject({ name: text.nullable().default(null), phone: text.nullable().default(null) })
    .prefault({}),
  storage: z
    .strictObject({
      url: z
        .string()
        .regex(/^sqlite:.+$/u, { error: 'attendu : sqlite:{fichier}' })
        .default('sqlite:comptoir.db'),
      backupFolder: text.nullable().default(null),
    })
    .prefault({}),
  network: z
    .strictObject({
      // Its value, which may hold a password, is never told.
      proxy: z
        .url({ protocol: /^https?$/u, error: 'attendu : http://{serveur}:{port}', abort: true })
        .refine(hasReadableUser, {
          error: 'attendu : %25 là où le nom ou le mot de passe a un « % », et « é » en UTF-8 (%C3%A9)',
        })
        .nullable()
        .default(null),
    })
    .prefault({}),
  psc: pscSchema.optional(),
  card: z
    .strictObject({
      enabled: z.boolean().default(true),
      modulePath: text.nullable().default(null),
      onRemoval: z.enum(['ask', 'lock', 'ignore']).default('ask'),
    })
    .prefault({}),
  identification: z
    .strictObject({
      showRecentOperators: z.boolean().default(true),
      shortcut: text.nullable().default(null),
    })
    .prefault({}),
  session: z
    .strictObject({
      idleLockMinutes: z.number().min(1).max(240).default(10),
      maxHours: z.number().positive().max(12).default(4),
      stayConnectedSeconds: z.number().min(20).max(600).default(30),
      dropPscAfterModule: z.boolean().default(false),
    })
    .prefault({}),
  journal: z
    .strictObject({
      retentionMonths: z.int().min(1).max(36).default(12),
      retentionReason: text.nullable().default(null),
    })
    .prefault({})
    .refine((journal) => journal.retentionMonths <= 12 || journal.retentionReason !== null, {
      path: ['retentionReason'],
      error: "attendu : le motif d'une conservation de plus de 12 mois",
    }),
  updates: z.strictObject({ url: webUrl.nullable().default(null) }).prefault({}),
  modules: z
    .array(moduleSettings)
    .max(40)
    .default([])
    .superRefine((modules, context) => {
      for (const key of ['id', 'shortcut'] as const) {
        const seen = new Set<string>()
        for (const [index, value] of modules.map((module) => module[key]).entries()) {
          if (value === undefined) continue
          if (seen.has(value)) {
            context.addIssue({ code: 'custom', path: [index, key], message: `déjà pris par un autre module` })
          }
          seen.add(value)
        }
      }
    }),
})

export type Settings = z.infer<typeof settingsSchema>
