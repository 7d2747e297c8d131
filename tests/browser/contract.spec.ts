// The types that the UI is written with against the OpenAPI of the running program: generated, then compared by the compiler.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { fieldKinds } from '../../web/src/api/types.ts';
import { startServer } from './server.ts';

const contract = resolve(process.cwd(), 'contract');

// The same on every screen, whatever the store.
test('the UI reads what the API serves and sends what it takes', { tag: '@once' }, async ({ request }) => {
  const server = await startServer({ demo: 1 });
  try {
    const signedIn = await request.post(`${server.url}/api/v1/session`, { data: { email: 'demo@example.jp', password: 'daifuku-demo' } });
    expect(signedIn.status()).toBe(200);
    const api = (await (await request.get(`${server.url}/api/v1/openapi.json`)).json()) as OpenAPI3;
    writeFileSync(join(contract, 'schema.d.ts'), astToString(await openapiTypescript(api)));

    const config = ts.getParsedCommandLineOfConfigFile(join(contract, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (wrong) => { throw new Error(String(wrong.messageText)); } });
    const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {});
    const wrong = ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
    expect(wrong).toEqual([]);

    // Kinds of fields are values, not types: each must have its folder in web/src/fields.
    const { objects } = (await (await request.get(`${server.url}/api/v1/metadata`)).json()) as { objects: { fields: { kind: string }[] }[] };
    const kinds = new Set(objects.flatMap((object) => object.fields.map((field) => field.kind)));
    expect([...kinds].filter((kind) => !(fieldKinds as readonly string[]).includes(kind))).toEqual([]);
  } finally {
    await server.stop();
  }
});
