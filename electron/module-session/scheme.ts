/** The scheme by which a module's page asks, in its own partition, who is connected. */
export const sessionScheme = 'comptoir-session'
