// Imports point down only: see CONTRIBUTING.md, "The layers".
const layer = (name, from, mayImport) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: from },
  to: { path: '^(native-bridge|electron|cli|renderer|build|test)/', pathNot: [from, ...mayImport] },
});
const nb = '^native-bridge/';
const contract = `${nb}contract/`;
const wording = `${nb}wording/`;
const protocols = `${nb}protocols/`;
// Where records live by default, and making such a folder: both hosts offer another place. And
// files that a person asks for, which are written as the records are.
const dataFolder = `${nb}records/(data-folder|make-folder|moved-folder|whole-file|signing/stale-signature)\\.ts$`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    layer('protocols', protocols, []),
    layer('ports', `${nb}ports/`, []),
    layer('sessions', `${nb}sessions/`, [protocols, `${nb}ports/`]),
    layer('contract', contract, []),
    layer('wording', wording, [contract]),
    layer('simulators', `${nb}simulators/`, []),
    // The pattern engine is pure as well.
    layer('diagnosis', `${nb}diagnosis/`, [
      contract,
      wording,
      protocols,
      `${nb}terminals/linear-pattern\\.ts$`,
    ]),
    layer('firmware', `${nb}firmware/`, [contract, wording, protocols]),
    layer('pictures', `${nb}pictures/`, [contract]),
    // What this computer asks the network itself: hosts are no terminals, so no session and no port.
    layer('probes', `${nb}probes/`, [contract, wording, protocols]),
    layer('terminals', `${nb}terminals/`, [contract, wording, protocols]),
    layer('records', `${nb}records/`, [contract, wording, protocols]),
    layer('connections', `${nb}connections/`, [
      `${nb}sessions/`,
      protocols,
      `${nb}ports/`,
      contract,
      `${nb}terminals/`,
      `${nb}records/`,
    ]),
    layer('operations', `${nb}operations/`, [
      `${nb}connections/`,
      `${nb}diagnosis/`,
      `${nb}firmware/`,
      `${nb}probes/`,
      `${nb}pictures/`,
      `${nb}terminals/`,
      `${nb}records/`,
      contract,
      wording,
      // Commands are data: an operation names them, the session speaks them.
      protocols,
      `${nb}sessions/`,
      `${nb}ports/`,
    ]),
    layer('renderer', '^renderer/', [contract, wording]),
    layer('electron', '^electron/', [
      `${nb}bridge\\.ts$`,
      `${nb}serve\\.ts$`,
      dataFolder,
      // The data folder is moved by the host, when the bridge is away.
      `${nb}records/ownership\\.ts$`,
      contract,
      wording,
      // What the host owes the window: types only.
      '^renderer/host\\.d\\.ts$',
    ]),
    layer('cli', '^cli/', [`${nb}bridge\\.ts$`, dataFolder, contract, wording]),
    {
      name: 'protocols-are-pure',
      severity: 'error',
      from: { path: protocols },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sqlite-behind-one-file',
      severity: 'error',
      from: { pathNot: ['^native-bridge/records/sqlite\\.ts$', '^test/'] },
      to: { path: '@photostructure/sqlite' },
    },
    {
      name: 'serial-lines-behind-ports',
      severity: 'error',
      from: { pathNot: ['^native-bridge/ports/', '^test/'] },
      to: { path: 'node_modules/(serialport|@serialport)/' },
    },
    {
      name: 'usb-behind-ports',
      severity: 'error',
      from: { pathNot: ['^native-bridge/ports/usb-(library|handle|trouble)\\.ts$', '^test/'] },
      to: { path: 'node_modules/usb/' },
    },
    {
      name: 'adb-behind-its-session',
      severity: 'error',
      from: { pathNot: ['^native-bridge/sessions/adb/', '^test/'] },
      to: { path: 'node_modules/@yume-chan/' },
    },
    {
      name: 'codes-behind-pictures',
      severity: 'error',
      from: { pathNot: ['^native-bridge/pictures/', '^test/'] },
      to: { path: 'node_modules/zxing-wasm/' },
    },
    {
      name: 'network-behind-probes',
      severity: 'error',
      from: { pathNot: ['^native-bridge/(probes|simulators)/', '^(build|test)/'] },
      to: { dependencyTypes: ['core'], path: '^(node:)?(https?|http2|tls|dns)$' },
    },
    {
      name: 'no-electron-below',
      severity: 'error',
      from: { path: '^(native-bridge|cli|renderer)/' },
      to: { path: 'node_modules/electron' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^out/', 'wording/generated', '^test/fixtures'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.cjs', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
