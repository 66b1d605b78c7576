/** The codes of installer.nsh, of which the processes of this machine have eight bits. */
export const CODES = {
  inUse: 32,
  badOption: 87,
  diskFull: 112,
  oldWindows: 1150 % 256,
  notPrepared: 1603 % 256,
  otherVersion: 1638 % 256,
}
