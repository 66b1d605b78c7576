/** How calls and views are named between preload and main: apart, since the windows need no more of the contract. */
export const viewMessage = 'comptoir:view'
export const channelPrefix = 'comptoir:'
