# The options of the command line, as electron/settings/install-options.ts has them. ${GetOptions} cuts a value at its first
# « / »; here Windows itself splits the line (CommandLineToArgvW), so that quotes mean what they mean everywhere.

# DO: a macro that is given, of each option, its name here, its name for `comptoir prepare`, how it is checked, and what the
# user is told that it must be.
!macro comptoirTable DO
  !insertmacro ${DO} CONFIG config File "un chemin complet, d'un fichier qui existe"
  !insertmacro ${DO} HOST host Host "un nom de serveur, suivi au besoin de « : » et d'un port"
  !insertmacro ${DO} REALM realm Realm "des lettres sans accent, des chiffres, « . », « _ » ou « - »"
  !insertmacro ${DO} CLIENT client Client "des lettres sans accent, des chiffres, « . », « _ » ou « - »"
  !insertmacro ${DO} PHARMACY pharmacy Name "un nom de cent signes au plus, sans guillemets"
  !insertmacro ${DO} FINESS finess Finess "les neuf signes du FINESS de l'officine"
  !insertmacro ${DO} WORKSTATION workstation Name "un nom de cent signes au plus, sans guillemets"
  !insertmacro ${DO} SUPPORT support Name "un nom de cent signes au plus, sans guillemets"
  !insertmacro ${DO} PHONE phone Phone "un numéro de téléphone"
  !insertmacro ${DO} CODEFILE code-file File "un chemin complet, d'un fichier qui existe"
!macroend

!macro comptoirVariable INSTALLER NAME KIND HINT
  Var comptoir${INSTALLER}
!macroend

!macro comptoirForget INSTALLER NAME KIND HINT
  StrCpy $comptoir${INSTALLER} ""
!macroend

!macro comptoirTake INSTALLER NAME KIND HINT
  ${If} $comptoirName == "/${INSTALLER}"
    ${If} $comptoir${INSTALLER} != ""
      StrCpy $comptoirText "$comptoirText$\r$\nOption /${INSTALLER} donnée deux fois."
    ${Else}
      Call comptoirIs${KIND}
      ${If} $comptoirFault == ""
        StrCpy $comptoir${INSTALLER} $comptoirValue
        StrCpy $comptoirArguments '$comptoirArguments --${NAME} "$comptoirValue"'
      ${Else}
        # Refused already, and not to be told again as missing.
        StrCpy $comptoir${INSTALLER} "?"
        StrCpy $comptoirText "$comptoirText$\r$\nOption /${INSTALLER} refusée : il faut ${HINT}."
      ${EndIf}
    ${EndIf}
    !if "${NAME}" != "config"
      !if "${NAME}" != "code-file"
        StrCpy $comptoirSettings "1"
      !endif
    !endif
    StrCpy $comptoirName ""
  ${EndIf}
!macroend

# The words of the command line, one after the other in $comptoirValue: DO is called for each.
!macro comptoirWords DO
  System::Call 'kernel32::GetCommandLineW()p.r0'
  System::Call 'kernel32::lstrlenW(p r0)i.r1'
  System::Call 'shell32::CommandLineToArgvW(p r0, *i .r2)p.r3'
  # Room for what each option becomes on the command line of `comptoir prepare`.
  IntOp $1 $1 + 200
  ${If} $1 >= ${NSIS_MAX_STRLEN}
    StrCpy $comptoirText "$comptoirText$\r$\nLigne de commande trop longue : placez les réglages dans un fichier, avec /CONFIG."
    StrCpy $2 1
  ${EndIf}
  IntOp $2 $2 - 1
  ${For} $4 1 $2
    IntOp $5 $4 * ${NSIS_PTR_SIZE}
    IntPtrOp $5 $3 + $5
    System::Call '*$5(w .s)'
    Pop $comptoirValue
    Call ${DO}
    ${If} $comptoirLast == "1"
      ${Break}
    ${EndIf}
  ${Next}
  System::Call 'kernel32::LocalFree(p r3)'
!macroend

!macro comptoirInstallOptions
  Var comptoirLast # nothing after this word is read
  Var comptoirFolder # « /D= » was met
  Var comptoirSettings # an option says something of the settings
  Var comptoirArguments # of `comptoir prepare`
  !insertmacro comptoirTable comptoirVariable

  Function comptoirReadOptions
    StrCpy $comptoirText ""
    StrCpy $comptoirLast "0"
    StrCpy $comptoirFolder "0"
    StrCpy $comptoirSettings "0"
    StrCpy $comptoirArguments ""
    !insertmacro comptoirTable comptoirForget
    !insertmacro comptoirWords comptoirReadWord
    ${If} $comptoirCONFIG != ""
    ${AndIf} $comptoirSettings == "1"
      StrCpy $comptoirText "$comptoirText$\r$\nOption /CONFIG donnée avec une autre que /CODEFILE : le fichier a déjà tous les réglages."
    ${ElseIf} $comptoirHOST == ""
    ${AndIf} "$comptoirREALM$comptoirCLIENT" != ""
      StrCpy $comptoirText "$comptoirText$\r$\nOption /REALM ou /CLIENT donnée sans /HOST."
    ${EndIf}
    ${If} $comptoirText != ""
      !insertmacro comptoirRefuse "" ${COMPTOIR_BAD_OPTION} "Comptoir n'est pas installé : corrigez la ligne de commande.$comptoirText"
    ${EndIf}
  FunctionEnd

  Function comptoirReadWord
    # NSIS takes all that follows « /D= » for the folder, words with spaces between.
    StrCpy $6 $comptoirValue 3
    ${If} $6 S== "/D="
      StrCpy $comptoirFolder "1"
      Return
    ${EndIf}
    ${If} $comptoirFolder == "1"
      StrCpy $6 $comptoirValue 1
      ${If} $6 == "/"
        StrCpy $comptoirText "$comptoirText$\r$\nOption « /D= » suivie d'une autre : elle se donne en dernier."
        StrCpy $comptoirLast "1"
      ${EndIf}
      Return
    ${EndIf}
    # NSIS knows these two in capitals only.
    ${If} $comptoirValue S== "/S"
    ${OrIf} $comptoirValue S== "/NCRC"
    ${OrIf} $comptoirValue == "/allusers"
    ${OrIf} $comptoirValue == "--no-desktop-shortcut"
      Return
    ${EndIf}
    Call comptoirSplit
    ${If} $comptoirEqual != ""
      !insertmacro comptoirTable comptoirTake
    ${EndIf}
    ${If} $comptoirName != ""
      StrCpy $comptoirName $comptoirName 40
      StrCpy $comptoirText "$comptoirText$\r$\nOption « $comptoirName » inconnue ou incomplète."
    ${EndIf}
    # As many as a box and a line of NSIS hold.
    StrLen $6 $comptoirText
    ${If} $6 > 800
      StrCpy $comptoirLast "1"
    ${EndIf}
  FunctionEnd
!macroend

!macro comptoirUninstallOptions
  Var comptoirValue
  Var comptoirLast
  Var comptoirDeleteData

  Function un.comptoirReadOptions
    StrCpy $comptoirText ""
    StrCpy $comptoirLast "0"
    StrCpy $comptoirDeleteData "0"
    !insertmacro comptoirWords un.comptoirReadWord
    ${If} $comptoirText != ""
      !insertmacro comptoirRefuse "un." ${COMPTOIR_BAD_OPTION} "Comptoir n'est pas désinstallé : corrigez la ligne de commande.$comptoirText"
    ${EndIf}
  FunctionEnd

  Function un.comptoirReadWord
    StrCpy $6 $comptoirValue 3
    ${If} $6 == "_?="
      # NSIS takes all that follows for the folder.
      StrCpy $comptoirLast "1"
      Return
    ${EndIf}
    # How the uninstaller calls itself again as an administrator (UAC.nsh).
    StrCpy $6 $comptoirValue 5
    ${If} $6 == "/UAC:"
      Return
    ${EndIf}
    ${Switch} $comptoirValue
      ${Case} "/DELETEDATA"
        StrCpy $comptoirDeleteData "1"
        Return
      ${Case} "/S"
      ${Case} "/NCRC"
      ${Case} "/allusers"
      # What an installer gives to the uninstaller of the version that it takes the place of (installUtil.nsh).
      ${Case} "/KEEP_APP_DATA"
      ${Case} "--keep-shortcuts"
      ${Case} "--updated"
      ${Case} "--delete-app-data"
        Return
    ${EndSwitch}
    StrCpy $comptoirValue $comptoirValue 40
    StrCpy $comptoirText "$comptoirText$\r$\nOption « $comptoirValue » inconnue."
  FunctionEnd
!macroend

!include "${__FILEDIR__}/spelling.nsh"
