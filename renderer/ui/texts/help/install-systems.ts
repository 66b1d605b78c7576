import { code, type HelpSection, points, section, steps, table, text, watch } from './article.ts'

/** What to take, and how each system installs it without a question. */
export const systemSections: readonly HelpSection[] = [
  section(
    'Quel paquet prendre',
    table(
      ['Paquet', 'Système', 'Pour'],
      ['`Comptoir-1.2.0-x64-setup.exe`', 'Windows 10 et 11, 64 bits', 'Un poste, à la main ou par un outil.'],
      ['`Comptoir-1.2.0-x64.msi`', 'Windows 10 et 11, 64 bits', 'Un parc : GPO, Intune, `msiexec`.'],
      ['`comptoir_1.2.0_amd64.deb`', 'Debian 12 et 13, Ubuntu 24.04', 'Un poste, ou votre dépôt.'],
      ['`Comptoir-1.2.0-arm64.dmg`', 'macOS 13 et suivants, puce Apple', 'Un poste.'],
      ['`Comptoir-1.2.0-x64.dmg`', 'macOS 13 et suivants, Intel', 'Un poste.'],
    ),
    watch("Sur un site, l'exe ou le msi, jamais les deux : chacun refuse un poste où l'autre est déjà."),
    points(
      "Tous installent pour la machine entière, et demandent les droits d'administrateur.",
      'Vérifiez la signature avant de déployer, et la somme de contrôle publiée avec le paquet :',
    ),
    code('Get-AuthenticodeSignature .\\Comptoir-1.2.0-x64-setup.exe | Format-List Status, SignerCertificate'),
    code('sha256sum --check --ignore-missing SHA256SUMS'),
  ),
  section(
    'Windows, sans question',
    text(
      "Dans une console d'administrateur. L'exe rend la main tout de suite : `Start-Process -Wait` attend la fin, et rend le code de sortie.",
    ),
    code(
      "$p = Start-Process -Wait -PassThru .\\Comptoir-1.2.0-x64-setup.exe '/S /HOST=sso.example /CODEFILE=C:\\deploiement\\code.txt'; $p.ExitCode",
    ),
    text(
      "Le msi est le même programme ; `/l*v` garde son journal, qui ne contient pas le code d'installation :",
    ),
    code(
      'msiexec /i Comptoir-1.2.0-x64.msi /qn /norestart /l*v comptoir.log HOST=sso.example CODEFILE=C:\\deploiement\\code.txt',
    ),
  ),
  section(
    'Windows, par une stratégie de groupe',
    steps(
      'Posez le msi sur un partage que les ordinateurs du domaine peuvent lire.',
      "Configuration ordinateur, Paramètres du logiciel, Installation de logiciel : nouveau package, attribué. À l'ordinateur, pas à l'utilisateur.",
      "Une stratégie ne passe pas d'option au msi : posez comptoir.json par les Préférences, Fichiers, avant le premier démarrage de Comptoir.",
      'Pour le premier titulaire, un administrateur ouvre Comptoir une fois, ou donne un code par `comptoir prepare --code-file`.',
      'Redémarrez un poste pilote, puis contrôlez-le : [[diagnostic]].',
    ),
  ),
  section(
    'Debian et Ubuntu',
    code('sudo apt-get install --yes ./comptoir_1.2.0_amd64.deb'),
    code(
      'sudo comptoir prepare --host sso.example --pharmacy "PHARMACIE DU TEST" --code-file /etc/comptoir-code.txt',
    ),
    points(
      "La première commande installe aussi les bibliothèques nécessaires ; la deuxième n'est utile que si comptoir.json n'a pas été posé d'avance.",
      'Le lecteur de carte veut le service `pcscd`, les secrets un trousseau (`gnome-keyring`) : ils sont recommandés par le paquet, pas exigés.',
    ),
  ),
  section(
    'macOS',
    text(
      "Ouvrez l'image, glissez Comptoir dans Applications ; ou, par un outil de gestion, en tant que root :",
    ),
    code('hdiutil attach -nobrowse -mountpoint /Volumes/Comptoir Comptoir-1.2.0-arm64.dmg'),
    code(
      'ditto /Volumes/Comptoir/Comptoir.app /Applications/Comptoir.app && hdiutil detach /Volumes/Comptoir',
    ),
    text("L'image ne prépare rien d'elle-même. Une fois le programme en place :"),
    code(
      'sudo /Applications/Comptoir.app/Contents/MacOS/Comptoir prepare --host sso.example --code-file /etc/comptoir-code.txt',
    ),
  ),
]
