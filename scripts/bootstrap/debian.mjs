import { attend, capture, isOnPath, run } from './command.mjs'
import { CannotInstall, say, withProgress } from './terminal.mjs'

/** @typedef {readonly (readonly string[])[]} Wanted for each package, the names it may have, the preferred first */

/**
 * Installs Debian packages, as root or through sudo, without starting any service.
 * @param {Wanted} wanted
 * @throws {CannotInstall} saying what to type, when nobody can give a password or on another system than Debian
 */
export async function debianPackages(wanted) {
  if (wanted.length === 0) return
  if (!isOnPath('apt-get')) {
    const names = wanted.map((names) => names.at(-1)).join(', ')
    throw new CannotInstall(`Your system’s package manager must first install what Debian calls ${names}.`)
  }
  const known = await available(wanted)
  const asRoot = await wayToRoot(known)
  const names = known ?? (await afterUpdate(wanted, asRoot))
  await withRoot(asRoot, 'Installing Debian packages', installScript(names), names.join(' '))
}

/**
 * @param {readonly string[] | undefined} names what will be installed, when apt's lists already tell
 * @returns {Promise<string[]>} what to put before a command that only root may run
 * @throws {CannotInstall} saying what to type, when there is no way
 */
async function wayToRoot(names) {
  if (process.getuid?.() === 0) return []
  if (isOnPath('sudo')) {
    if ((await capture('sudo', ['-n', 'true'])).code === 0) return ['sudo', '-n']
    if (process.stdin.isTTY || process.stderr.isTTY) {
      const what = names === undefined ? 'the libraries of Electron and other packages' : names.join(' ')
      say(`sudo is about to ask for your password, to install from Debian: ${what}`)
      if ((await attend('sudo', ['-v'])) === 0) return ['sudo']
    }
  }
  throw new CannotInstall(
    names === undefined
      ? 'Debian packages are missing; as root, type: apt-get update; then type the same command again.'
      : `Debian packages are missing; as root, type: apt-get install --no-install-recommends ${names.join(' ')}`,
  )
}

/**
 * @param {Wanted} wanted
 * @param {readonly string[]} asRoot
 */
async function afterUpdate(wanted, asRoot) {
  await withRoot(asRoot, 'Reading the lists of Debian packages', 'apt-get -q update')
  const names = await available(wanted)
  if (names !== undefined) return names
  const unknown = wanted.map((names) => names.join(' or ')).join(', ')
  throw new CannotInstall(
    `apt knows no package for one of: ${unknown}; check /etc/apt, then type the same again.`,
  )
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<string[] | undefined>} a name apt can install for each package; undefined when one has none
 */
async function available(wanted) {
  const policy = await run('apt-cache', ['policy', ...wanted.flat()], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  const installable = new Set(
    [...policy.matchAll(/^(\S+):\n.*\n\s+Candidate: (?!\(none\))/gm)].map((match) => match[1]),
  )
  const names = wanted.map((alternatives) => alternatives.find((name) => installable.has(name)))
  return names.every((name) => name !== undefined) ? [...new Set(names)] : undefined
}

/**
 * Runs a shell script as root.
 * @param {readonly string[]} asRoot
 * @param {string} title
 * @param {string} script
 * @param {string} [details]
 */
async function withRoot(asRoot, title, script, details) {
  let percent = 0
  const onText = (/** @type {string} */ text) => {
    const [, last] = text.match(/(?:dl|pm)status:[^:]*:([\d.]+):(?!.*status:)/s) ?? []
    percent = last === undefined ? percent : Number(last)
  }
  const { code, stdout, stderr } = await withProgress(
    title,
    () => percent / 100,
    () => capture('env', [...asRoot, 'sh', '-c', script], { onText }),
    details,
  )
  if (code === 0) return
  say(
    `${stdout}\n${stderr}`
      .split('\n')
      .filter((line) => !/^(dl|pm)status:/.test(line))
      .slice(-20)
      .join('\n'),
  )
  throw new CannotInstall(
    'apt-get failed: read its words above, repair it, then type the same command again.',
  )
}

/**
 * The installation, with nothing started: Debian asks policy-rc.d before it starts a service, and PostgreSQL's
 * package makes and starts a cluster unless createcluster.conf says no. Both are put back as they were.
 * @param {readonly string[]} names
 */
function installScript(names) {
  // Its progress has a descriptor of its own: apt closes that one to the packages' scripts, which want standard
  // output open.
  const install = 'apt-get -qy -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 --no-install-recommends 3>&1 install'
  const others = names.filter((name) => name !== 'postgresql')
  const script = `set -e
    export DEBIAN_FRONTEND=noninteractive
    policy=/usr/sbin/policy-rc.d
    clusters=/etc/postgresql-common/createcluster.conf
    made= kept=
    restore() {
      if [ -n "$made" ]; then rm -f "$policy"; fi
      if [ -n "$kept" ]; then mv -f "$kept" "$clusters"; fi
    }
    trap restore EXIT
    trap 'exit 130' INT TERM HUP
    if [ ! -e "$policy" ]; then
      made=yes
      printf '#!/bin/sh\\nexit 101\\n' > "$policy"
      chmod 755 "$policy"
    fi
    `
  if (others.length === names.length) return `${script}${install} ${names.join(' ')}`
  return `${script}${install} postgresql-common ${others.join(' ')}
    kept="$clusters.before-comptoir"
    cp -p "$clusters" "$kept"
    echo 'create_main_cluster = false' >> "$clusters"
    ${install} postgresql`
}
