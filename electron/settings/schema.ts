import * as z from 'zod'
import { modulesSchema } from './module-schema.ts'
import { pscSchema } from './psc-schema.ts'
import { readShortcut } from './shortcut.ts'
import { besideOthers, hasReadableUser, isSound, said, text, webUrl } from './values.ts'

export { sessionClaims, shortcuts } from './module-schema.ts'
export type { Launch, ModuleSettings, SessionClaim } from './module-schema.ts'

const atNextStart = 'Pris en compte au prochain démarrage de Comptoir.'
const optionalText = text.nullable().default(null)

const sections = z.strictObject({
  $schema: z
    .string()
    .optional()
    .meta(said('Schéma', 'Pour les éditeurs : "./comptoir.schema.json". Comptoir ne le lit pas.')),
  pharmacy: z
    .strictObject({
      name: optionalText.meta(said('Nom', "Le nom de l'officine, en titre du lanceur.")),
      finess: optionalText.meta(said('FINESS', "Le numéro FINESS de l'officine.")),
    })
    .prefault({})
    .meta(said('Officine', "L'officine de ce poste.")),
  workstation: z
    .strictObject({
      name: optionalText.meta(said('Nom du poste', "null : le nom de l'ordinateur.")),
      patientDisplay: z
        .union([text, z.int().min(1)], {
          error: "attendu : le nom d'un écran, son rang (1, 2, …) ou null",
        })
        .nullable()
        .default(null)
        .meta(
          said(
            'Écran des patients',
            "L'écran tourné vers les patients, où rien ne s'ouvre : son nom pour le système, ou son rang à partir de 1.",
          ),
        ),
    })
    .prefault({})
    .meta(said('Poste', 'Ce poste de travail.')),
  support: z
    .strictObject({
      name: optionalText.meta(said('Nom', "Qui appeler : l'assistance de l'officine.")),
      phone: optionalText.meta(said('Téléphone', "Son numéro, montré dans chaque erreur et dans l'aide.")),
    })
    .prefault({})
    .meta(said('Assistance', 'Qui appeler quand quelque chose ne va pas.')),
  storage: z
    .strictObject({
      url: z
        .string()
        .regex(/^sqlite:.+$/u, { error: 'attendu : sqlite:{fichier}' })
        .default('sqlite:comptoir.db')
        .meta(said('Base', 'sqlite:{fichier}, dans le dossier des données ou par son chemin complet.')),
      backupFolder: optionalText.meta(
        said(
          'Dossier des sauvegardes',
          'Un dossier par poste y est créé. null : « sauvegardes », à côté de la base.',
        ),
      ),
    })
    .prefault({})
    .meta(said('Base de données', `La base et ses sauvegardes. ${atNextStart}`)),
  network: z
    .strictObject({
      // Its value, which may hold a password, is never told.
      proxy: z
        .url({ protocol: /^https?$/u, error: 'attendu : http://{serveur}:{port}' })
        .refine(hasReadableUser, {
          error: 'attendu : %25 là où le nom ou le mot de passe a un « % », et « é » en UTF-8 (%C3%A9)',
        })
        .nullable()
        .default(null)
        .meta(said('Proxy', 'http://{serveur}:{port}. null : celui du système.')),
    })
    .prefault({})
    .meta(said('Réseau', `Comment sortir vers Internet. ${atNextStart}`)),
  psc: pscSchema
    .optional()
    .meta(said('Pro Santé Connect', `Absent : Pro Santé Connect n'est pas activé. ${atNextStart}`)),
  card: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .meta(said('Lecteur de carte', `false : Comptoir ne lit aucune carte. ${atNextStart}`)),
      modulePath: optionalText.meta(
        said('Cryptolib', `Le chemin du module PKCS#11. null : celui que Cryptolib installe. ${atNextStart}`),
      ),
      onRemoval: z
        .enum(['ask', 'lock', 'ignore'])
        .default('ask')
        .meta(
          said(
            'Carte retirée',
            "Quand l'opérateur connecté retire sa carte : demander (ask), verrouiller (lock) ou ne rien faire (ignore).",
          ),
        ),
    })
    .prefault({})
    .meta(said('Carte', 'La carte CPS et son lecteur.')),
  identification: z
    .strictObject({
      showRecentOperators: z
        .boolean()
        .default(true)
        .meta(
          said('Derniers opérateurs', 'Montrer les derniers opérateurs de ce poste, prénom et initiale.'),
        ),
      shortcut: text
        .superRefine((value, context) => {
          const read = readShortcut(value)
          if (context.issues.length === 0 && read.kind === 'fault')
            context.addIssue({ code: 'custom', message: read.text })
        })
        .nullable()
        .default(null)
        .meta(
          said(
            'Raccourci',
            "Les touches qui ouvrent l'identification, où qu'on soit : « F10 », « Ctrl+Alt+O ». null : aucune.",
          ),
        ),
    })
    .prefault({})
    .meta(said('Identification', "La fenêtre où l'on s'identifie.")),
  session: z
    .strictObject({
      idleLockMinutes: z
        .number()
        .min(1)
        .max(240)
        .default(10)
        .meta(said('Verrouillage', 'Minutes sans activité avant que Comptoir se verrouille.')),
      maxHours: z
        .number()
        .positive()
        .max(12)
        .default(4)
        .meta(said('Durée', "Heures qu'une session dure au plus ; pour les sessions ouvertes ensuite.")),
      stayConnectedSeconds: z
        .number()
        .min(20)
        .max(600)
        .default(30)
        .meta(said('« Rester connecté ? »', 'Secondes pour répondre avant la déconnexion.')),
      dropPscAfterModule: z
        .boolean()
        .default(false)
        .meta(said('Quitter Pro Santé Connect', "Le quitter dès qu'un module qui le demande est quitté.")),
    })
    .prefault({})
    .meta(said('Session', "La session d'un opérateur.")),
  journal: z
    .strictObject({
      retentionMonths: z
        .int()
        .min(1)
        .max(36)
        .default(12)
        .meta(said('Conservation', 'Mois de conservation du journal, 36 au plus.')),
      retentionReason: optionalText.meta(said('Motif', 'Obligatoire au-delà de 12 mois.')),
    })
    .prefault({})
    .superRefine(({ retentionMonths: months, retentionReason: reason }, context) => {
      if (!isSound(context.issues, 'retentionMonths') || !isSound(context.issues, 'retentionReason')) return
      if (months <= 12 || reason !== null) return
      const message = "attendu : le motif d'une conservation de plus de 12 mois"
      context.addIssue({ code: 'custom', path: ['retentionReason'], message })
    }, besideOthers)
    .meta(said('Journal', 'Combien de temps le journal est gardé.')),
  updates: z
    .strictObject({
      url: webUrl
        .nullable()
        .default(null)
        .meta(
          said('Adresse', 'Le fichier du service informatique qui dit la dernière version. null : aucun.'),
        ),
    })
    .prefault({})
    .meta(said('Mises à jour', atNextStart)),
  modules: modulesSchema,
})

/** comptoir.json, whole, with its defaults: an empty object is a valid file (no module, no PSC). */
export const settingsSchema = sections
  .superRefine(({ identification, modules }, context) => {
    if (!isSound(context.issues, 'identification', 'shortcut') || !Array.isArray(modules)) return
    const read = identification.shortcut === null ? null : readShortcut(identification.shortcut)
    if (read?.kind !== 'shortcut') return
    const taken = modules.find(
      (module, index) =>
        isSound(context.issues, 'modules', index, 'shortcut') && module.shortcut === read.shortcut.label,
    )
    if (taken === undefined) return
    const message = `déjà pris par le module « ${taken.label} »`
    context.addIssue({ code: 'custom', path: ['identification', 'shortcut'], message })
  }, besideOthers)
  .meta(said('comptoir.json', 'Les réglages de Comptoir sur ce poste.'))

export type Settings = z.infer<typeof settingsSchema>
