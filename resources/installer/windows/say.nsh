# What the installer says: in a box, or, when it is silent, on standard error (or the console that started it); and always
# in a journal: %ProgramData%\Comptoir\installation.log once that folder exists, %TEMP%\comptoir-installation.log before.

!define COMPTOIR_SAY_RUNNING "Comptoir est ouvert sur ce poste, peut-être dans une autre session. Fermez-le, puis relancez."

# Says why nothing is (or no more is) done, and ends with that code.
!macro comptoirRefuse UN CODE TEXT
  StrCpy $comptoirText `${TEXT}`
  StrCpy $comptoirCode ${CODE}
  Call ${UN}comptoirEnd
!macroend

# Says it, and goes on.
!macro comptoirTell UN TEXT
  StrCpy $comptoirText `${TEXT}`
  Call ${UN}comptoirSay
!macroend

# Only writes it in the journal.
!macro comptoirNote UN TEXT
  StrCpy $comptoirText `${TEXT}`
  Call ${UN}comptoirJournal
!macroend

# The text that a program wrote in UTF-8, of which each byte was taken for a character of the system's code page.
!macro comptoirFromUtf8 VARIABLE
  Push $1
  Push $2
  StrCpy $1 `${VARIABLE}`
  System::Alloc ${NSIS_MAX_STRLEN}
  Pop $2
  System::Call 'kernel32::WideCharToMultiByte(i 0, i 0, w r1, i -1, p r2, i ${NSIS_MAX_STRLEN}, p 0, p 0)'
  System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r2, i -1, w .r1, i ${NSIS_MAX_STRLEN})'
  System::Free $2
  StrCpy ${VARIABLE} $1
  Pop $2
  Pop $1
!macroend

!macro comptoirSay UN
  Var comptoirText
  Var comptoirCode

  Function ${UN}comptoirEnd
    Call ${UN}comptoirSay
    SetErrorLevel $comptoirCode
    Quit
  FunctionEnd

  Function ${UN}comptoirSay
    Call ${UN}comptoirJournal
    ${If} ${Silent}
      Call ${UN}comptoirConsole
    ${Else}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$comptoirText"
    ${EndIf}
  FunctionEnd

  Function ${UN}comptoirJournal
    Push $0
    Push $1
    SetShellVarContext all
    StrCpy $0 "$TEMP\comptoir-installation.log"
    # 0x400: FILE_ATTRIBUTE_REPARSE_POINT; a link there would lead the journal elsewhere.
    StrCpy $1 "$APPDATA\Comptoir"
    System::Call 'kernel32::GetFileAttributesW(w r1)i.r1'
    ${If} $1 != -1
      IntOp $1 $1 & 0x400
      ${If} $1 = 0
        StrCpy $0 "$APPDATA\Comptoir\installation.log"
      ${EndIf}
    ${EndIf}
    # FILE_APPEND_DATA, shared for reading, OPEN_ALWAYS, FILE_FLAG_OPEN_REPARSE_POINT.
    System::Call 'kernel32::CreateFileW(w r0, i 4, i 1, p 0, i 4, i 0x00200000, p 0)p.r1'
    ${If} $1 != -1
      Push $comptoirText
      ${GetTime} "" "L" $R2 $R3 $R4 $R5 $R6 $R7 $R8
      StrCpy $comptoirText "$R4-$R3-$R2 $R6:$R7:$R8 $comptoirText"
      Push $1
      Call ${UN}comptoirWrite
      System::Call 'kernel32::CloseHandle(p r1)'
      Pop $comptoirText
    ${EndIf}
    Pop $1
    Pop $0
  FunctionEnd

  # A deployment tool hands over a pipe or a file; a console is only reached, and nobody else has to know of it.
  Function ${UN}comptoirConsole
    Push $0
    Push $1
    Push $2
    System::Call 'kernel32::GetStdHandle(i -12)p.r0'
    System::Call 'kernel32::GetFileType(p r0)i.r1'
    ${If} $1 <> 0
      Push $0
      Call ${UN}comptoirWrite
    ${Else}
      System::Call 'kernel32::AttachConsole(i -1)i.r1'
      # GENERIC_WRITE, shared, OPEN_EXISTING.
      System::Call 'kernel32::CreateFileW(w "CONOUT$$", i 0x40000000, i 3, p 0, i 3, i 0, p 0)p.r0'
      ${If} $0 != -1
        StrCpy $2 "$comptoirText$\r$\n"
        StrLen $1 $2
        System::Call 'kernel32::WriteConsoleW(p r0, w r2, i r1, *i, p 0)'
        System::Call 'kernel32::CloseHandle(p r0)'
      ${EndIf}
    ${EndIf}
    Pop $2
    Pop $1
    Pop $0
  FunctionEnd

  # $comptoirText and the end of a line, in UTF-8, to the handle on the stack.
  Function ${UN}comptoirWrite
    Exch $0
    Push $1
    Push $2
    Push $3
    StrCpy $1 "$comptoirText$\r$\n"
    StrLen $2 $1
    IntOp $3 $2 * 3
    System::Alloc $3
    Exch $4
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r1, i r2, p r4, i r3, p 0, p 0)i.r3'
    System::Call 'kernel32::WriteFile(p r0, p r4, i r3, *i, p 0)'
    System::Free $4
    Pop $4
    Pop $3
    Pop $2
    Pop $1
    Pop $0
  FunctionEnd
!macroend
