// A record's life by fhir-kit-client against a running hub: what an application written for Node does.
// Environment: FHIR_BASE, TOKEN, INSTITUTION. Prints a line for each step; the first that fails ends it with status 1.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client, RESPONSE_KEY } from 'fhir-kit-client';

const institution = process.env.INSTITUTION;
const client = new Client({ baseUrl: process.env.FHIR_BASE, bearerToken: process.env.TOKEN });
const number = randomUUID();
const numbers = `${institution}:patient`;

const patient = (value) => ({
  resourceType: 'Patient',
  active: true,
  identifier: [{ system: numbers, value }],
  name: [{ text: '王瑋', family: '王', given: ['瑋'] }],
  managingOrganization: { identifier: { system: 'urn:ietf:rfc:3986', value: institution } },
});

const observation = (subject) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [
    {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
      ],
    },
  ],
  code: { coding: [{ system: `${institution}:lab-code`, code: 'ALT' }] },
  subject: { reference: subject },
  effectiveDateTime: '2026-03-01T07:30:00+08:00',
  performer: [{ identifier: { system: 'urn:ietf:rfc:3986', value: institution } }],
  valueQuantity: { value: 32, unit: 'U/L', system: 'http://unitsofmeasure.org', code: 'U/L' },
});

const refused = async (status, call) => {
  const error = await call.then(
    () => assert.fail(`answered, not refused with ${status}`),
    (failure) => failure,
  );
  assert.equal(error.response?.status, status);
  assert.equal(error.response?.data?.resourceType, 'OperationOutcome');
};

const step = async (name, work) => {
  const result = await work();
  console.log(`ok ${name}`);
  return result;
};

await step('capabilities', async () => {
  const statement = await client.capabilityStatement();
  assert.equal(statement.fhirVersion, '4.0.1');
});

const id = await step('create, once', async () => {
  const options = { headers: { 'If-None-Exist': `identifier=${numbers}|${number}` } };
  const created = await client.create({ resourceType: 'Patient', body: patient(number), options });
  assert.equal(created[RESPONSE_KEY].status, 201);
  const again = await client.create({ resourceType: 'Patient', body: patient(number), options });
  assert.equal(again.id, created.id);
  return created.id;
});

await step('read and update', async () => {
  const read = await client.read({ resourceType: 'Patient', id });
  const body = { ...read, active: false };
  const updated = await client.update({ resourceType: 'Patient', id, body });
  assert.equal(updated.meta.versionId, '2');
  const options = { headers: { 'If-Match': 'W/"1"' } };
  await refused(412, client.update({ resourceType: 'Patient', id, body: read, options }));
});

await step('patch', async () => {
  const jsonPatch = [{ op: 'replace', path: '/name/0/text', value: '新名' }];
  const patched = await client.patch({ resourceType: 'Patient', id, jsonPatch });
  assert.equal(patched.name[0].text, '新名');
  const wrong = [{ op: 'remove', path: '/photo' }];
  await refused(422, client.patch({ resourceType: 'Patient', id, jsonPatch: wrong }));
});

await step('history', async () => {
  const first = await client.vread({ resourceType: 'Patient', id, version: '1' });
  assert.equal(first.name[0].text, '王瑋');
  const history = await client.history({ resourceType: 'Patient', id });
  assert.equal(history.total, 3);
});

await step('transaction', async () => {
  const subject = `Patient?identifier=${numbers}|${number}`;
  const entry = [1, 2, 3].map(() => ({
    resource: observation(subject),
    request: { method: 'POST', url: 'Observation' },
  }));
  const body = { resourceType: 'Bundle', type: 'transaction', entry };
  const response = await client.transaction({ body });
  assert.deepEqual(response.entry.map((each) => each.response.status), ['201', '201', '201']);
});

await step('search, page by page', async () => {
  const searchParams = { patient: id, _count: 2, _sort: '-date' };
  const first = await client.search({ resourceType: 'Observation', searchParams });
  const second = await client.nextPage({ bundle: first });
  const ids = [...first.entry, ...second.entry].map((each) => each.resource.id);
  assert.equal(new Set(ids).size, 3);
  const back = await client.prevPage({ bundle: second });
  assert.deepEqual(back.entry.map((each) => each.resource.id), ids.slice(0, 2));
  await refused(400, client.search({ resourceType: 'Patient', searchParams: { colour: 'red' } }));
});

await step('search by form and within a compartment', async () => {
  const options = { postSearch: true };
  const searchParams = { identifier: `${numbers}|${number}` };
  const found = await client.search({ resourceType: 'Patient', searchParams, options });
  assert.deepEqual(found.entry.map((each) => each.resource.id), [id]);
  const compartment = { resourceType: 'Patient', id };
  const within = await client.search({ resourceType: 'Observation', compartment });
  assert.equal(within.entry.length, 3);
});

await step('operation', async () => {
  const everything = await client.operation({ name: 'everything', resourceType: 'Patient', id, method: 'GET' });
  assert.ok(everything.entry.length >= 4);
});

await step('batch and delete', async () => {
  const body = {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      { request: { method: 'GET', url: `Patient/${id}` } },
      { request: { method: 'GET', url: 'Patient?colour=red' } },
    ],
  };
  const response = await client.batch({ body });
  assert.deepEqual(response.entry.map((each) => each.response.status), ['200', '400']);
  await client.delete({ resourceType: 'Patient', id });
  await refused(410, client.read({ resourceType: 'Patient', id }));
});
