# How the value of an option may be written. Each function looks at $comptoirValue, and leaves in $comptoirFault « no » when it
# is not right, nothing when it is. The rules are those of electron/settings/install-options.ts.

!define COMPTOIR_NO_LETTERS 0
!define COMPTOIR_ASCII_LETTERS 1
!define COMPTOIR_ALL_LETTERS 2

# $comptoirFault for a value of another length, with other letters, or with other signs than these.
!macro comptoirSpelled VALUE LETTERS SIGNS FIRST LONGEST
  Push `${SIGNS}`
  Push `${FIRST}`
  Push ${LETTERS}
  Push ${LONGEST}
  Push `${VALUE}`
  Call comptoirSpelled
!macroend

!macro comptoirSpelling
  Var comptoirValue
  Var comptoirName
  Var comptoirEqual # « = » when the word has one
  Var comptoirFault

  # $comptoirValue as « name=value »: the name, then what follows « = ».
  Function comptoirSplit
    StrCpy $comptoirName $comptoirValue
    StrCpy $comptoirEqual ""
    StrCpy $6 0
    ${Do}
      StrCpy $7 $comptoirValue 1 $6
      ${If} $7 == "="
        StrCpy $comptoirEqual "="
        StrCpy $comptoirName $comptoirValue $6
        IntOp $6 $6 + 1
        StrCpy $comptoirValue $comptoirValue "" $6
        ${Break}
      ${EndIf}
      IntOp $6 $6 + 1
    ${LoopUntil} $7 == ""
  FunctionEnd

  # Whether $R1 has the sign $R0: $R0 is « no » when it has not.
  Function comptoirHas
    Push $R2
    Push $R3
    StrCpy $R2 0
    ${Do}
      StrCpy $R3 $R1 1 $R2
      ${If} $R3 == ""
        StrCpy $R0 "no"
        ${Break}
      ${EndIf}
      ${If} $R3 S== $R0
        StrCpy $R0 ""
        ${Break}
      ${EndIf}
      IntOp $R2 $R2 + 1
    ${Loop}
    Pop $R3
    Pop $R2
  FunctionEnd

  Function comptoirSpelled
    Pop $R4 # the value
    Pop $R5 # its longest length
    Pop $R6 # its letters
    Pop $R7 # the signs it may begin with
    Pop $R8 # its signs
    StrCpy $comptoirFault ""
    StrLen $R0 $R4
    ${If} $R0 = 0
    ${OrIf} $R0 > $R5
      StrCpy $comptoirFault "no"
      Return
    ${EndIf}
    System::Call '*(&w${NSIS_MAX_STRLEN} R4)p.s'
    Pop $R9
    StrCpy $6 0
    ${DoWhile} $6 < $R0
      IntOp $7 $6 * 2
      IntPtrOp $7 $R9 + $7
      System::Call '*$7(&i2 .r8)'
      IntOp $8 $8 & 0xFFFF
      Call comptoirIsWordly
      ${If} $8 != 1
        Push $R0
        StrCpy $R0 $R4 1 $6
        StrCpy $R1 $R8
        ${If} $6 = 0
          StrCpy $R1 $R7
        ${EndIf}
        Call comptoirHas
        StrCpy $8 $R0
        Pop $R0
        ${If} $8 == "no"
          StrCpy $comptoirFault "no"
          ${Break}
        ${EndIf}
      ${EndIf}
      IntOp $6 $6 + 1
    ${Loop}
    System::Free $R9
  FunctionEnd

  # $8, the code of a character, becomes 1 when it is a digit or one of the letters $R6.
  Function comptoirIsWordly
    ${If} $8 >= 48
    ${AndIf} $8 <= 57
      StrCpy $8 1
      Return
    ${EndIf}
    ${If} $8 < 128
      IntOp $8 $8 | 32
      ${If} $8 >= 97
      ${AndIf} $8 <= 122
      ${AndIf} $R6 >= ${COMPTOIR_ASCII_LETTERS}
        StrCpy $8 1
      ${Else}
        StrCpy $8 0
      ${EndIf}
      Return
    ${EndIf}
    ${If} $R6 = ${COMPTOIR_ALL_LETTERS}
      # Accents that follow their letter (Unicode, Combining Diacritical Marks).
      ${If} $8 >= 0x300
      ${AndIf} $8 <= 0x36F
        StrCpy $8 1
        Return
      ${EndIf}
      System::Call 'user32::IsCharAlphaW(i r8)i.r8'
      ${If} $8 <> 0
        StrCpy $8 1
      ${EndIf}
      Return
    ${EndIf}
    StrCpy $8 0
  FunctionEnd

  Function comptoirIsName
    !insertmacro comptoirSpelled $comptoirValue ${COMPTOIR_ALL_LETTERS} " '’&().,+:°_-" "(" 100
  FunctionEnd

  Function comptoirIsRealm
    !insertmacro comptoirSpelled $comptoirValue ${COMPTOIR_ASCII_LETTERS} "._-" "_" 64
  FunctionEnd

  Function comptoirIsClient
    !insertmacro comptoirSpelled $comptoirValue ${COMPTOIR_ASCII_LETTERS} "._-" "_" 128
  FunctionEnd

  # Nine digits, of which the second may be the A or B of Corsica.
  Function comptoirIsFiness
    StrLen $R0 $comptoirValue
    StrCpy $R1 $comptoirValue 1
    StrCpy $R2 $comptoirValue 1 1
    StrCpy $R3 $comptoirValue "" 2
    ${If} $R2 S== "A"
    ${OrIf} $R2 S== "B"
      StrCpy $R2 "0"
    ${EndIf}
    ${If} $R0 <> 9
      StrCpy $comptoirFault "no"
    ${Else}
      !insertmacro comptoirSpelled "$R1$R2$R3" ${COMPTOIR_NO_LETTERS} "" "" 9
    ${EndIf}
  FunctionEnd

  # A digit first, after a « + » or not; at least two signs.
  Function comptoirIsPhone
    StrCpy $R3 $comptoirValue
    StrCpy $R0 $R3 1
    ${If} $R0 == "+"
      StrCpy $R3 $R3 "" 1
    ${EndIf}
    StrLen $R0 $R3
    ${If} $R0 < 2
      StrCpy $comptoirFault "no"
    ${Else}
      !insertmacro comptoirSpelled $R3 ${COMPTOIR_NO_LETTERS} " .()-" "" 24
    ${EndIf}
  FunctionEnd

  # « C:\… » or « \\… », that does not end with a sign that could join with the quote that follows.
  Function comptoirIsFile
    !insertmacro comptoirSpelled $comptoirValue ${COMPTOIR_ALL_LETTERS} " \/:._~()'’&+,@#=$$-" "\" 258
    StrCpy $R0 $comptoirValue 2 1
    StrCpy $R1 $comptoirValue 2
    ${If} $R0 != ":\"
    ${AndIf} $R1 != "\\"
      StrCpy $comptoirFault "no"
    ${EndIf}
    StrCpy $R0 $comptoirValue 1 -1
    StrCpy $R1 " \/:.~('’&+,@#=$$-"
    Call comptoirHas
    ${If} $R0 == ""
    ${OrIfNot} ${FileExists} "$comptoirValue"
    ${OrIf} ${FileExists} "$comptoirValue\*.*"
      StrCpy $comptoirFault "no"
    ${EndIf}
  FunctionEnd

  # HOST or HOST:PORT (RFC 1123 §2.1).
  Function comptoirIsHost
    StrCpy $R3 $comptoirValue
    StrCpy $R2 0
    ${Do}
      StrCpy $R0 $R3 1 $R2
      ${If} $R0 == ":"
        StrCpy $R1 $R3 $R2
        IntOp $R2 $R2 + 1
        StrCpy $R2 $R3 "" $R2
        StrCpy $R3 $R1
        !insertmacro comptoirSpelled $R2 ${COMPTOIR_NO_LETTERS} "" "" 5
        StrCpy $R0 $R2 1
        ${If} $R0 == "0"
        ${OrIf} $R2 > 65535
          StrCpy $comptoirFault "no"
        ${EndIf}
        ${If} $comptoirFault == "no"
          Return
        ${EndIf}
        ${Break}
      ${EndIf}
      IntOp $R2 $R2 + 1
    ${LoopUntil} $R0 == ""
    !insertmacro comptoirSpelled $R3 ${COMPTOIR_ASCII_LETTERS} ".-" "" 253
    ${If} $comptoirFault == ""
      Call comptoirCheckLabels
    ${EndIf}
  FunctionEnd

  # Of $R3: each label ends and begins with a letter or a digit, and has 63 signs at most (RFC 1035 §2.3.4).
  Function comptoirCheckLabels
    StrCpy $R1 "" # the sign before
    StrCpy $R2 0 # where we are
    StrCpy $R4 0 # the length of this label
    ${Do}
      StrCpy $R0 $R3 1 $R2
      ${If} "$R1$R0" == ".."
      ${OrIf} "$R1$R0" == ".-"
      ${OrIf} "$R1$R0" == "-."
      ${OrIf} "$R1$R0" == "-"
      ${OrIf} "$R1$R0" == "."
      ${OrIf} $R4 > 63
        StrCpy $comptoirFault "no"
        ${Break}
      ${EndIf}
      IntOp $R4 $R4 + 1
      ${If} $R0 == "."
        StrCpy $R4 0
      ${EndIf}
      StrCpy $R1 $R0
      IntOp $R2 $R2 + 1
    ${LoopUntil} $R0 == ""
  FunctionEnd
!macroend
