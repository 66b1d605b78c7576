import { chmod, chown, stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * Gives a file made beside the database to those who have the database, or its folder when it is not there any more:
 * what an administrator does leaves all to the account of the counter. Rejects with Node's error.
 */
export async function openToSameAccounts(file: string, database: string): Promise<void> {
  const { uid, gid, mode } = await stat(database).catch(() => stat(path.dirname(database)))
  await chmod(file, mode & 0o666)
  if (process.getuid?.() === 0) await chown(file, uid, gid)
}
