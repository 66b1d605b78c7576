import { pscHosts, sites } from '../../contacts.ts'
import { contactTexts } from '../contacts.ts'
import { type Article, opening, ownSupport, points, section, steps, table, text, whom } from './article.ts'

/** « Raccorder Pro Santé Connect »: which road for whom, what to ask of whom, the secrets, what a broker changes. */
export const pscRoadsHelp: Article = [
  opening(
    text(
      "Pro Santé Connect identifie un professionnel par sa carte CPS ou son e-CPS, dans le navigateur du poste. Cette page s'adresse à la personne qui installe Comptoir et au titulaire : par où passer, que demander, et à qui.",
    ),
  ),
  section(
    'Deux voies : laquelle choisir ?',
    table(
      ['À savoir', 'Par un fournisseur intermédiaire', 'En direct'],
      [
        'Pour qui',
        "Une officine au quotidien : c'est la voie de la production.",
        "Un essai sur le bac à sable, une évaluation, ou une officine à qui l'ANS a remis ses propres identifiants.",
      ],
      [
        'Qui parle à Pro Santé Connect',
        "Un serveur OpenID Connect de l'éditeur ou du groupement (Keycloak, LemonLDAP::NG…). Comptoir ne connaît que ce serveur.",
        'Comptoir lui-même, depuis le poste.',
      ],
      [
        'Secret ou certificat',
        "Sur ce serveur : l'ANS l'exige. Rien sur le poste.",
        'Sur le poste, dans le trousseau du compte du comptoir.',
      ],
      [
        'Authentification du client',
        '`psc.clientAuthentication` : `none`. Le client est public, avec PKCE.',
        '`psc.clientAuthentication` : `client_secret_basic`, `client_secret_post`, `private_key_jwt` ou `tls_client_auth`.',
      ],
      [
        "Qui fait la demande à l'ANS",
        "L'éditeur ou le groupement, pour son serveur.",
        "L'officine ou son éditeur. L'ANS accueille surtout des éditeurs : une officine seule l'obtient difficilement.",
      ],
      [
        'À qui donner la fiche de raccordement',
        "À l'administrateur de ce serveur, qui y inscrit Comptoir.",
        "À l'ANS, avec la demande.",
      ],
      ['e-CPS sans navigateur', 'Non : un client public ne peut pas la demander.', 'Oui, avec `psc.ciba`.'],
    ),
    text(
      "En direct et en production, obtenez d'abord l'accord écrit de l'ANS : elle demande que l'identifiant et le secret du client restent sur un serveur.",
    ),
  ),
  section(
    "Que demander à l'ANS",
    steps(
      `Demandez l'habilitation « API Pro Santé Connect » sur ${sites.datapass}, une par service. Il faut le SIRET, le cadre juridique, le responsable de traitement et le délégué à la protection des données.`,
      `Demandez le raccordement au bac à sable sur ${sites.industry}, comme « Fournisseur de service », avec les valeurs de la fiche de raccordement.`,
      'Essayez tout sur le bac à sable, avec des identités de test.',
      "Demandez la production, avec les mêmes adresses. L'identifiant et le secret peuvent changer.",
    ),
    text(
      "Comptez environ deux semaines pour le bac à sable, puis une à deux semaines pour la production. Ce sont les délais d'équipes déjà raccordées : l'ANS ne les promet pas. Ce parcours est celui de 2022 : voyez sur le site s'il a changé.",
    ),
    text(
      "L'espace communautaire suffit pour identifier des opérateurs. L'espace de confiance, où le certificat (mTLS) est obligatoire, concerne les API Pro Santé Connectées.",
    ),
    text('À demander par écrit, car les documents publics ne le disent pas :'),
    points(
      "`http://localhost:port/…` est-il accepté en production pour un logiciel installé, et combien d'adresses ?",
      "Jusqu'à quand un secret est-il accepté à la place d'un certificat ?",
      '`prompt=login` est-il suivi ? Sinon, laissez `psc.prompt` à `null`.',
    ),
  ),
  section(
    'Les adresses de redirection et de logout',
    points(
      'Elles se recopient à la lettre : port, chemin, barre finale, majuscules et minuscules comptent.',
      "Pas d'adresse IP : `http://localhost:43110/…`, jamais `http://127.0.0.1:43110/…`.",
      "Un joker (`*`) n'est admis qu'en fin d'adresse, et pour des essais.",
      'Plusieurs ports, parce que plusieurs sessions peuvent partager une machine (Bureau à distance) : chacune prend un port libre. Inscrivez toutes les adresses.',
      "Les adresses de logout s'inscrivent aussi : sans elles, le navigateur ne revient pas à Comptoir après « Déconnecter ».",
      "Une adresse changée dans comptoir.json doit l'être aussi là où elle est inscrite.",
    ),
    { kind: 'go', page: 'connection-sheet', words: 'Ouvrir la fiche de raccordement' },
  ),
  section(
    'Ce que change un fournisseur intermédiaire',
    points(
      'Sa session reste ouverte dans le navigateur : la personne suivante peut revenir sous le nom de la précédente. Comptoir demande donc « Est-ce bien vous ? » et le mot de passe Comptoir à chaque fois, sauf si `psc.authTimeIsFromPsc` vaut `true`.',
      "Un module « Pro Santé Connect demandé » ne s'ouvre que si `psc.acrIsFromPsc` vaut `true` : sinon, rien ne prouve le niveau de l'identification.",
      'Mettez ces deux réglages à `true` seulement si son administrateur garantit que `auth_time` et `acr` sont ceux de Pro Santé Connect, repris tels quels.',
      "S'il renomme l'attribut qui porte l'identifiant national, donnez ce nom à `psc.nationalIdClaim` ; jamais `sub`.",
      'Laissez `psc.prompt` à `null` : certains fournisseurs tournent en rond avec `login`.',
      'Ses erreurs peuvent rester dans le navigateur, et la déconnexion finir sur sa page. Revenez alors à Comptoir : « Annuler », puis recommencez.',
    ),
  ),
  section(
    'Les secrets, sur la voie directe',
    text(
      "Ils ne sont jamais dans comptoir.json, mais dans le trousseau du système, sous le compte qui ouvre la session du comptoir. Sans trousseau, Pro Santé Connect reste éteint et Comptoir dit pourquoi : rien n'est écrit en clair.",
    ),
    table(
      ['Méthode', 'Dans comptoir.json', 'Dans le trousseau'],
      ['`client_secret_basic`, `client_secret_post`', 'Rien de plus', '`psc.clientSecret`'],
      ['`private_key_jwt`', '`psc.keyFile`', '`psc.keyPassphrase`, si la clé est chiffrée'],
      [
        '`tls_client_auth`, fichiers PEM',
        '`psc.certificateFile`, `psc.keyFile`',
        '`psc.keyPassphrase`, si la clé est chiffrée',
      ],
      ['`tls_client_auth`, fichier P12', '`psc.p12File`', '`psc.p12Password`'],
    ),
    steps(
      'Ouvrez la session du compte du comptoir, sur chaque poste.',
      'Sous Windows, copiez le secret, puis lancez `Get-Clipboard | comptoir secret set psc.clientSecret` dans PowerShell, et videz le presse-papiers en copiant autre chose.',
      'Sous Linux, lancez `(read -rs SECRET && printf %s "$SECRET") | comptoir secret set psc.clientSecret` dans un terminal (bash), tapez le secret, puis « Entrée ».',
      "Le secret passe toujours par l'entrée standard, jamais par la ligne de commande, où d'autres programmes le liraient. Si la commande demande un titulaire, envoyez d'abord son code et son mot de passe, une ligne chacun.",
      "`comptoir secret list` dit ce qui est rangé, sans le montrer ; `comptoir secret delete psc.clientSecret` l'enlève.",
    ),
  ),
  section(
    'Les adresses de Pro Santé Connect',
    table(
      ['Environnement', '`psc.issuer`'],
      ['Bac à sable', `\`${pscHosts.sandbox}\``],
      ['Production', `\`${pscHosts.production}\``],
    ),
    text(
      `\`psc.discoveryUrl\` est cette adresse, suivie de \`/.well-known/wallet-openid-configuration\`. Pour un fournisseur intermédiaire, ce sont les siennes. Les adresses en \`${pscHosts.gone}\`, que citent d'anciens documents, ne répondent plus. (Relevé en septembre 2026.)`,
    ),
  ),
  section(
    'À qui écrire ?',
    whom(
      [contactTexts.desk(), "L'habilitation, le bac à sable, la production, les adresses inscrites."],
      [
        "L'administrateur du fournisseur intermédiaire",
        "Comptoir inscrit chez lui, les attributs transmis, sa page d'erreur.",
      ],
      [ownSupport, 'Le poste, le lecteur, Cryptolib, Comptoir. Donnez la référence (réf.) affichée.'],
    ),
  ),
]
