# What Comptoir adds to electron-builder's NSIS script (app-builder-lib/templates/nsis): its options, its refusals, and the
# preparation of the workstation. The functions are made in customHeader, where the template's definitions exist.
#
# Exit codes are those of winerror.h, which deployment tools know from msiexec too
# (learn.microsoft.com/windows/win32/msi/error-codes):
!define COMPTOIR_IN_USE 32 # ERROR_SHARING_VIOLATION
!define COMPTOIR_BAD_OPTION 87 # ERROR_INVALID_PARAMETER
!define COMPTOIR_DISK_FULL 112 # ERROR_DISK_FULL
!define COMPTOIR_OLD_WINDOWS 1150 # ERROR_OLD_WIN_VERSION
!define COMPTOIR_NOT_PREPARED 1603 # ERROR_INSTALL_FAILURE
!define COMPTOIR_OTHER_VERSION 1638 # ERROR_PRODUCT_VERSION
# The one that `comptoir prepare` ends with when the settings that are there must be corrected.
!define COMPTOIR_FAULTY_SETTINGS 78

# msi.upgradeCode of electron-builder.yml.
!define COMPTOIR_MSI "{B0B6AAE1-082D-4BC1-9D1F-B1FF082E20D2}"

!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "${__FILEDIR__}/options.nsh"
!include "${__FILEDIR__}/say.nsh"
!include "${__FILEDIR__}/state.nsh"

!macro customHeader
  !ifdef BUILD_UNINSTALLER
    !insertmacro comptoirSay "un."
    !insertmacro comptoirRunning "un."
    !insertmacro comptoirUninstallOptions
  !else
    !insertmacro comptoirSay ""
    !insertmacro comptoirRunning ""
    !insertmacro comptoirSpelling
    !insertmacro comptoirInstallOptions
    !insertmacro comptoirState
  !endif
!macroend

# Nothing is written before all of this has been found right.
!macro customInit
  Call comptoirReadOptions
  Call comptoirCheckWindows
  Call comptoirFindOthers
  Call comptoirCheckSpace
  Call comptoirCheckRunning
!macroend

# The template's own check closes the program: a session and what is being typed would be lost.
!macro customCheckAppRunning
  !ifdef BUILD_UNINSTALLER
    Call un.comptoirCheckRunning
  !else
    Call comptoirCheckRunning
  !endif
!macroend

# The previous version's uninstaller failed. The template would show a box, even in a silent installation.
!macro customUnInstallCheck
  ${If} ${Errors}
  ${OrIf} $R0 != 0
    ${If} $R0 == ${COMPTOIR_IN_USE}
      !insertmacro comptoirRefuse "" ${COMPTOIR_IN_USE} "${COMPTOIR_SAY_RUNNING}"
    ${EndIf}
    !insertmacro comptoirRefuse "" ${COMPTOIR_NOT_PREPARED} "La version précédente n'a pas pu être retirée (code $R0). Redémarrez le poste, puis relancez l'installation."
  ${EndIf}
!macroend

# No version was ever installed for one user.
!macro customUnInstallCheckCurrentUser
  ClearErrors
!macroend

!macro customInstall
  # electron-builder adds it to every installer for all users; only electron-updater, which Comptoir has not, would call it.
  Delete "$INSTDIR\resources\elevate.exe"
  # Nor has anybody a use for the copy of the installer that the template leaves for it in the administrator's profile.
  SetShellVarContext current
  Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  ${GetParent} "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}" $R0
  RMDir "$R0"
  SetShellVarContext all

  # Its lines are UTF-8, which nsExec takes for the system's code page.
  nsExec::ExecToStack '"$INSTDIR\bin\comptoir.exe" prepare$comptoirUpgrade$comptoirArguments'
  Pop $R0
  Pop $R1
  !insertmacro comptoirFromUtf8 $R1
  ${If} $R0 == ${COMPTOIR_FAULTY_SETTINGS}
    !insertmacro comptoirTell "" "Comptoir est installé, mais ses réglages sont à corriger.$\r$\n$R1"
  ${ElseIf} $R0 == 64
    !insertmacro comptoirRefuse "" ${COMPTOIR_BAD_OPTION} "Comptoir est copié, mais le poste n'est pas préparé : une option est refusée. Corrigez-la, puis relancez l'installation.$\r$\n$R1"
  ${ElseIf} $R0 != 0
    !insertmacro comptoirRefuse "" ${COMPTOIR_NOT_PREPARED} "Comptoir est copié, mais le poste n'est pas préparé (code $R0). Relancez l'installation après avoir corrigé ce qui suit.$\r$\n$R1"
  ${Else}
    !insertmacro comptoirNote "" "Comptoir ${VERSION} est installé dans $INSTDIR.$\r$\n$R1"
  ${EndIf}
!macroend

!macro customUnInit
  Call un.comptoirReadOptions
!macroend

# Operators, journal and settings stay, unless /DELETEDATA is given. `rd` removes the links that it meets in the folder of
# data, where every user may write, and not what they lead to; RMDir /r would follow them.
!macro customUnInstall
  ${If} $comptoirDeleteData == "1"
    SetShellVarContext all
    nsExec::Exec '"$SYSDIR\cmd.exe" /d /c rd /s /q "$APPDATA\Comptoir"'
    Pop $R0
    ${If} ${FileExists} "$APPDATA\Comptoir\*.*"
      !insertmacro comptoirRefuse "un." ${COMPTOIR_IN_USE} "Les données de Comptoir n'ont pas pu être effacées de « $APPDATA\Comptoir ». Fermez ce qui s'en sert, puis relancez la désinstallation."
    ${EndIf}
  ${EndIf}
!macroend
