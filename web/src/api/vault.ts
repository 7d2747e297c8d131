// A small sealed store in this browser: values are JSON, encrypted with AES-256-GCM under a key that scripts cannot read out and that
// is deleted together with the values. It belongs to one user; for another one it is empty and what was in it is gone.

interface Sealed {
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}
interface Holder {
  id: 'key';
  user: string;
  key: CryptoKey;
}

const additional = (user: string, id: string) => new TextEncoder().encode(`${user}\n${id}`);

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within<T>(
  name: string,
  mode: IDBTransactionMode,
  work: (values: IDBObjectStore, keys: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('values', { keyPath: 'id' });
    opening.result.createObjectStore('keys', { keyPath: 'id' });
  };
  const database = await answer(opening);
  database.onversionchange = () => database.close();
  try {
    const transaction = database.transaction(['values', 'keys'], mode);
    const finished = new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done();
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
    const result = await work(transaction.objectStore('values'), transaction.objectStore('keys'));
    await finished;
    return result;
  } finally {
    database.close();
  }
}

function holder(name: string): Promise<Holder | undefined> {
  return within(name, 'readonly', (_values, keys) => answer<Holder | undefined>(keys.get('key')));
}

/** Whose the store is; undefined while it is empty or where nothing can be kept. */
export async function vaultUser(name: string): Promise<string | undefined> {
  try {
    return (await holder(name))?.user;
  } catch {
    return undefined; // switched off in this browser
  }
}

async function keyFor(name: string, user: string): Promise<CryptoKey> {
  const known = await holder(name);
  if (known?.user === user) return known.key;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return within(name, 'readwrite', async (values, keys) => {
    // Another page may have been quicker.
    const there = await answer<Holder | undefined>(keys.get('key'));
    if (there?.user === user) return there.key;
    values.clear();
    keys.put({ id: 'key', user, key: made } satisfies Holder);
    return made;
  });
}

async function sealedWith(key: CryptoKey, user: string, id: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additional(user, id) },
    key,
    new TextEncoder().encode(JSON.stringify(value)),
  );
  return { id, iv, bytes };
}

/** Keeps a value under an id. What another user left is removed. Throws where the browser keeps nothing. */
export async function seal(name: string, user: string, id: string, value: unknown): Promise<void> {
  const sealed = await sealedWith(await keyFor(name, user), user, id, value);
  await within(name, 'readwrite', async (values, keys) => {
    // Erased since, or taken over by another: what is sealed with the old key would be noise.
    if ((await answer<Holder | undefined>(keys.get('key')))?.user === user) values.put(sealed);
  });
}

/** Writes a value in the place of the one under `id`, if that is still there; answers whether it was. Makes no key: what was erased
 *  stays erased. Under another id it takes the old one's place there, in one step. */
export async function reseal(
  name: string,
  user: string,
  id: string,
  value: unknown,
  newId = id,
): Promise<boolean> {
  const known = await holder(name);
  if (known?.user !== user) return false;
  const sealed = await sealedWith(known.key, user, newId, value);
  return within(name, 'readwrite', async (values, keys) => {
    if ((await answer<Holder | undefined>(keys.get('key')))?.user !== user) return false;
    if ((await answer(values.getKey(id))) === undefined) return false;
    if (newId !== id) values.delete(id);
    values.put(sealed);
    return true;
  });
}

/** All values of a user in the order of their ids; what cannot be opened is left out. */
export async function unsealAll(name: string, user: string): Promise<{ id: string; value: unknown }[]> {
  const known = await holder(name);
  if (known?.user !== user) return [];
  const sealed = await within(name, 'readonly', (values) => answer<Sealed[]>(values.getAll()));
  const opened = await Promise.all(
    sealed.map(async ({ id, iv, bytes }) => {
      try {
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv, additionalData: additional(user, id) },
          known.key,
          bytes,
        );
        return [{ id, value: JSON.parse(new TextDecoder().decode(plain)) as unknown }];
      } catch {
        return [];
      }
    }),
  );
  return opened.flat();
}

export async function unkeep(name: string, id: string): Promise<void> {
  await within(name, 'readwrite', async (values) => {
    values.delete(id);
  });
}
