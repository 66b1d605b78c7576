import { describe, expect, it } from 'vitest'
import { remoteSessionOf } from './remote.ts'

const forwarded = { SSH_CONNECTION: '192.0.2.7 51234 192.0.2.1 22' }

describe('a remote session', () => {
  it.each([
    ['win32', { SESSIONNAME: 'Console' }, null],
    ['win32', {}, null],
    ['win32', { SESSIONNAME: 'RDP-Tcp#12' }, 'rdp'],
    ['win32', { SESSIONNAME: 'rdp-sxs220411500#0' }, 'rdp'],
    ['win32', { SessionName: 'RDP-Tcp#0' }, 'rdp'],
    ['win32', { SESSIONNAME: '31C5CE94259D4006A9E4#3' }, 'rdp'],
    ['win32', { SESSIONNAME: 'ICA-tcp#0' }, 'citrix'],
    ['win32', { SESSIONNAME: 'ica-cgp#4' }, 'citrix'],
    ['win32', { SESSIONNAME: 'Console', ViewClient_Machine_Name: 'POSTE-2' }, 'other'],
    ['win32', { SESSIONNAME: 'Console', ViewClient_Machine_Name: '' }, null],
    // Left behind by an xrdp of another kind of system: nothing there.
    ['win32', { XRDP_SESSION: '1' }, null],
    ['linux', {}, null],
    ['linux', { XRDP_SESSION: '1' }, 'rdp'],
    ['linux', { XRDP_SESSION: '' }, null],
    ['linux', { X2GO_SESSION: 'patricia-50-1492725703_stDXFCE_dp24' }, 'other'],
    ['linux', { ...forwarded, DISPLAY: 'localhost:10.0' }, 'other'],
    ['linux', { ...forwarded, DISPLAY: 'poste-1:10.0' }, 'other'],
    // Begun by ssh, shown on the screen of the workstation.
    ['linux', { ...forwarded, DISPLAY: ':0' }, null],
    ['linux', { ...forwarded, DISPLAY: 'unix/localhost:0' }, null],
    ['linux', { ...forwarded }, null],
    ['linux', { DISPLAY: 'localhost:10.0' }, null],
    ['linux', { SESSIONNAME: 'RDP-Tcp#12' }, null],
    ['darwin', { ...forwarded, DISPLAY: 'localhost:10.0' }, null],
  ])('on %s with %j is %s', (platform, env, session) => {
    expect(remoteSessionOf({ platform, env })).toBe(session)
  })
})
