// What this device holds for where there is no line: the customers of the day, and notes that wait to be sent. Both are sealed
// (vault.ts). Here is only how they go, small enough to be loaded with the first screen: decision 0039.

/** Names of the databases: what was kept of the server, and what was written here. */
export const keptVault = 'daifuku-kept';
export const queueVault = 'daifuku-queue';
export const shellCache = 'daifuku-shell-';

let epoch = 0;
/** Another number after each erasing: who began to collect before it must not keep what he found. */
export function erasings(): number {
  return epoch;
}

function drop(name: string): Promise<void> {
  return new Promise((done) => {
    try {
      const request = indexedDB.deleteDatabase(name);
      // Blocked: it is deleted as soon as the other page lets go, which it does when it is told.
      request.onsuccess = request.onerror = request.onblocked = () => done();
    } catch {
      done(); // switched off in this browser: there is nothing to remove
    }
  });
}

/** Removes what was kept of customers, with its key: when the session has ended, by whatever way. */
export function eraseKept(): Promise<void> {
  epoch++;
  return drop(keptVault);
}

/** Removes everything from the device: notes that wait, what was kept, and the worker with its files. */
export async function eraseDevice(): Promise<void> {
  await Promise.all([eraseKept(), drop(queueVault)]);
  try {
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
    for (const name of (await globalThis.caches?.keys()) ?? [])
      if (name.startsWith(shellCache)) await caches.delete(name);
  } catch {
    // No worker may run here: there is nothing to remove.
  }
}

/** Removes what somebody else left here. Who signs in anew gets what he may see now, so nothing old stays of his either. */
export async function eraseForeign(user: string): Promise<void> {
  await eraseKept();
  const { vaultUser } = await import('./vault');
  const owner = await vaultUser(queueVault);
  if (owner !== undefined && owner !== user) await drop(queueVault);
}
