import * as z from 'zod'
import { roles } from '../operators/operator.ts'
import { absolutePath, besideOthers, isOrigin, isSound, said, text, webUrl } from './values.ts'

/** The keys of the keyboard that open a module: F1 is help, F10 belongs to Windows' menus. */
export const shortcuts = ['F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F11', 'F12'] as const

const origin = webUrl.refine(isOrigin, {
  error: 'attendu : une origine, sans chemin (https://exemple.fr)',
})
const kind = <K extends string>(name: K, description: string) =>
  z.literal(name).meta(said('Genre', description))
const url = webUrl.meta(said('Adresse', "L'adresse de la page (https://…)."))

const launch = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: kind('program', 'Un programme de ce poste.'),
        command: absolutePath('attendu : le chemin complet du programme, jamais une ligne de commande').meta(
          said(
            'Programme',
            "Le chemin complet de l'exécutable, jamais une ligne de commande. Chaque « \\ » s'écrit « \\\\ ».",
          ),
        ),
        args: z
          .array(z.string().max(2000))
          .max(50)
          .default([])
          .meta(said('Arguments', 'Les arguments du programme, un par texte. Jamais un mot de passe.')),
        leave: z
          .enum(['process', 'none'])
          .default('process')
          .meta(
            said(
              'Ce que « quitter » veut dire',
              "« process » : le module est quitté quand son processus finit. « none » : pour un programme qui passe la main à un autre processus ; rien n'est alors demandé.",
            ),
          ),
      })
      .meta(said('Programme', 'Un programme de ce poste.')),
    z
      .strictObject({
        kind: kind('window', 'Une page dans une fenêtre de Comptoir.'),
        url,
        origins: z
          .array(origin)
          .max(50)
          .optional()
          .meta(
            said(
              'Origines permises',
              "Les origines où la page peut aller (https://exemple.fr, sans chemin). Absent : celle de l'adresse.",
            ),
          ),
      })
      .meta(said('Page', 'Une page dans une fenêtre de Comptoir.')),
    z
      .strictObject({ kind: kind('browser', 'Une page dans le navigateur du système.'), url })
      .meta(
        said(
          'Page du navigateur',
          'Une page dans le navigateur du système, qui partage la session Pro Santé Connect.',
        ),
      ),
  ])
  .meta(said('Ouverture', 'Ce que la tuile du module ouvre.'))

/** What a module may be told of the connected operator (`name`: given and family names). */
export const sessionClaims = ['code', 'name', 'role', 'rpps', 'means', 'acr'] as const
export type SessionClaim = (typeof sessionClaims)[number]

const moduleSettings = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, {
        error: 'attendu : des minuscules, des chiffres ou des tirets (40 au plus)',
      })
      .meta(
        said(
          'Identifiant',
          "Le nom du module dans le journal : minuscules, chiffres et tirets. Il ne change plus : le journal l'a.",
        ),
      ),
    label: text.max(60).meta(said('Nom', 'Le nom de la tuile, 60 caractères au plus.')),
    shortcut: z
      .enum(shortcuts)
      .optional()
      .meta(said('Touche', 'La touche de fonction qui ouvre le module, dans le lanceur. Absent : aucune.')),
    access: z
      .enum(['none', 'operator', 'psc'])
      .meta(
        said(
          'Accès',
          '« none » : sans identification. « operator » : un opérateur connecté. « psc » : connecté par Pro Santé Connect.',
        ),
      ),
    roles: z
      .array(z.enum(roles))
      .min(1)
      .optional()
      .meta(said('Réservé à', 'Les rôles qui peuvent ouvrir le module. Absent : tous.')),
    session: z
      .union(
        [
          z.boolean(),
          z
            .strictObject({
              claims: z
                .array(z.enum(sessionClaims))
                .min(1)
                .meta(said('Ce que le module apprend', 'Rien de plus ne lui est dit.')),
            })
            .meta(said('Une partie', 'Seulement ce qui est nommé.')),
        ],
        { error: `attendu : true, false ou { "claims": […] } avec ${sessionClaims.join(', ')}` },
      )
      .default(false)
      .meta(
        said(
          'Session donnée',
          "Ce que le module apprend de l'opérateur connecté : tout (true), rien (false), ou seulement « claims ».",
        ),
      ),
    launch,
  })
  .superRefine(({ access, roles: reserved, session, launch: opens }, context) => {
    const sound = (...path: PropertyKey[]): boolean => isSound(context.issues, ...path)
    if (sound('access') && sound('roles') && access === 'none' && reserved !== undefined) {
      const message = 'attendu : access « operator » ou « psc » quand des rôles sont donnés'
      context.addIssue({ code: 'custom', path: ['roles'], message })
    }
    if (sound('session') && sound('launch', 'kind') && session !== false && opens.kind === 'browser') {
      const message = 'attendu : false, car Comptoir ne peut rien donner à une page du navigateur du système'
      context.addIssue({ code: 'custom', path: ['session'], message })
    }
  }, besideOthers)

/** A module as comptoir.json describes it. */
export type ModuleSettings = z.infer<typeof moduleSettings>
export type Launch = ModuleSettings['launch']

/** `modules` of comptoir.json. */
export const modulesSchema = z
  .array(moduleSettings)
  .max(40)
  .default([])
  .superRefine(
    (modules, context) => {
      for (const key of ['id', 'shortcut'] as const) {
        const seen = new Map<string, number>()
        for (const [index, module] of modules.entries()) {
          const value = isSound(context.issues, index, key) ? module[key] : undefined
          if (value === undefined) continue
          const first = seen.get(value)
          if (first === undefined) seen.set(value, index)
          else context.addIssue({ code: 'custom', path: [index, key], message: duplicated[key](first) })
        }
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  )
  .meta(said('Modules', 'Ce que le lanceur ouvre, dans cet ordre (40 au plus).'))

const duplicated = {
  id: (first: number) => `attendu : un identifiant qu'aucun autre module n'a (modules[${first}] a celui-ci)`,
  shortcut: (first: number) =>
    `attendu : une touche qu'aucun autre module n'a (modules[${first}] a celle-ci)`,
}
