# What is on the workstation already: Comptoir open, another installer's Comptoir, a newer one, too little room.

!macro comptoirRunning UN
  # Waits for Comptoir to be closed, or refuses. Its executable cannot be opened for writing while it runs, in whatever
  # session, and nothing of this asks for PowerShell, which may be forbidden. A virus scanner holds a file for a moment.
  Function ${UN}comptoirCheckRunning
    Push $0
    Push $1
    Push $2
    ${Do}
      ${For} $0 1 4
        # GENERIC_WRITE, shared with all, OPEN_EXISTING.
        StrCpy $1 "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
        System::Call 'kernel32::CreateFileW(w r1, i 0x40000000, i 7, p 0, i 3, i 0, p 0)p.r1 ?e'
        Pop $2
        ${If} $1 != -1
          System::Call 'kernel32::CloseHandle(p r1)'
          ${Break}
        ${EndIf}
        ${If} $2 <> ${COMPTOIR_IN_USE}
          ${Break}
        ${EndIf}
        Sleep 500
      ${Next}
      ${If} $2 <> ${COMPTOIR_IN_USE}
      ${OrIf} $1 != -1
        ${Break}
      ${EndIf}
      ${If} ${Silent}
        !insertmacro comptoirRefuse "${UN}" ${COMPTOIR_IN_USE} "${COMPTOIR_SAY_RUNNING}"
      ${EndIf}
      ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Comptoir est ouvert sur ce poste, peut-être dans une autre session. Fermez-le, puis recommencez." IDCANCEL`
        SetErrorLevel ${COMPTOIR_IN_USE}
        Quit
      ${EndIf}
    ${Loop}
    Pop $2
    Pop $1
    Pop $0
  FunctionEnd
!macroend

!macro comptoirState
  Var comptoirUpgrade # how `comptoir prepare` is told of it

  # The template accepts Windows 7, where the Electron of today does not start.
  Function comptoirCheckWindows
    ${IfNot} ${AtLeastWin10}
      !insertmacro comptoirRefuse "" ${COMPTOIR_OLD_WINDOWS} "Comptoir demande Windows 10 ou plus récent. Installez-le sur un poste qui l'a."
    ${EndIf}
  FunctionEnd

  # The MSI and this installer know nothing of each other, and would install two programs over each other.
  Function comptoirFindOthers
    System::Call 'msi::MsiEnumRelatedProductsW(w "${COMPTOIR_MSI}", i 0, i 0, w .r0)i.r1'
    ${If} $1 = 0
      !insertmacro comptoirRefuse "" ${COMPTOIR_OTHER_VERSION} "Comptoir a déjà été installé sur ce poste par le paquet MSI. Mettez-le à jour par le paquet MSI, ou désinstallez-le d'abord."
    ${EndIf}
    StrCpy $comptoirUpgrade ""
    ReadRegStr $0 SHELL_CONTEXT "${UNINSTALL_REGISTRY_KEY}" DisplayVersion
    ${If} $0 != ""
      StrCpy $comptoirUpgrade " --upgrade"
      ${VersionCompare} "$0" "${VERSION}" $1
      ${If} $1 = 1
        !insertmacro comptoirRefuse "" ${COMPTOIR_OTHER_VERSION} "Comptoir $0, plus récent que ${VERSION}, est déjà installé. Gardez-le, ou désinstallez-le d'abord : les données restent."
      ${EndIf}
    ${EndIf}
  FunctionEnd

  # The archive and what comes out of it are in the temporary folder before the program takes its place.
  Function comptoirCheckSpace
    ${GetRoot} "$TEMP" $0
    ${GetRoot} "$INSTDIR" $1
    ${If} $0 == $1
      Push 3
      Push $0
      Call comptoirNeedSpace
    ${Else}
      Push 2
      Push $0
      Call comptoirNeedSpace
      Push 1
      Push $1
      Call comptoirNeedSpace
    ${EndIf}
  FunctionEnd

  # So many times the size of the program, on that disk: both on the stack.
  Function comptoirNeedSpace
    Exch $0
    Exch
    Exch $1
    Push $2
    Push $3
    System::Int64Op ${APP_64_UNPACKED_SIZE} * $1
    Pop $1
    StrCpy $2 "$0\"
    System::Call 'kernel32::GetDiskFreeSpaceExW(w r2, *l .r2, p 0, p 0)i.r3'
    ${If} $3 <> 0
      System::Int64Op $2 / 1024
      Pop $2
      System::Int64Op $2 < $1
      Pop $3
      ${If} $3 = 1
        System::Int64Op $1 / 1024
        Pop $1
        !insertmacro comptoirRefuse "" ${COMPTOIR_DISK_FULL} "Il n'y a pas assez de place sur le disque $0, il faut $1 Mo. Libérez-en, puis relancez l'installation."
      ${EndIf}
    ${EndIf}
    Pop $3
    Pop $2
    Pop $1
    Pop $0
  FunctionEnd
!macroend
