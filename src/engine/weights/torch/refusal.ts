import { TokenoscopeError } from '../../../core/errors';

const SYSTEM = 'would use the operating system: commands, files, processes';
const CODE = 'would run Python code that the file brings along';
const NETWORK = 'would reach out to the network';
const FUNCTION = 'would call a function of Python itself';
const PICKLE = 'would read another pickle, with whatever that brings';

/** Names that do something beyond the file, and what. Longer beginnings come first. */
const DEEDS: readonly (readonly [start: string, deed: string])[] = [
  ['os.', SYSTEM],
  ['posix.', SYSTEM],
  ['nt.', SYSTEM],
  ['sys.', SYSTEM],
  ['ctypes.', SYSTEM],
  ['subprocess.', 'would start another program'],
  ['runpy.', CODE],
  ['importlib.', CODE],
  ['builtins.eval', CODE],
  ['builtins.exec', CODE],
  ['builtins.compile', CODE],
  ['builtins.open', 'would open a file'],
  ['builtins.', FUNCTION],
  ['__builtin__.', FUNCTION],
  ['socket.', NETWORK],
  ['urllib.', NETWORK],
  ['requests.', NETWORK],
  ['webbrowser.', NETWORK],
  ['shutil.', 'would change files'],
  ['pickle.', PICKLE],
  ['torch.load', PICKLE],
];

/** What training leaves beside the weights, or saves in their place. Longer beginnings come first. */
const REMAINS: readonly (readonly [start: string, what: string])[] = [
  ['torch.nn.', "would build a network out of PyTorch's code"],
  ['torch.optim.', "would build one of PyTorch's optimisers"],
  ['torch.', 'would call a function of PyTorch'],
  ['numpy.', 'would make an array or a number of NumPy'],
  ['pathlib.', 'would make the name of a file'],
  ['datetime.', 'would make a date'],
  ['omegaconf.', 'would make settings of OmegaConf'],
  ['pytorch_lightning.', 'would call code of PyTorch Lightning'],
  ['lightning.', 'would call code of PyTorch Lightning'],
];

/** How many characters of a name are shown: it comes out of the file. */
const SHOWN = 120;

/**
 * A file asks for a name of Python that is no plain data; a warning where weights never need it.
 * @param file its name
 * @param name with its module, as in "posix.system"
 */
export function refusedName(file: string, name: string): TokenoscopeError {
  const startsWith = ([start]: readonly [string, string]) => name.startsWith(start);
  const deed = DEEDS.find(startsWith);
  const [, what = 'would call code that this page does not have'] = deed ?? REMAINS.find(startsWith) ?? [];
  const shown = name.length > SHOWN ? `${name.slice(0, SHOWN - 1)}…` : name;
  return new TokenoscopeError(
    'checkpoint-refused',
    `${file} asks for ${shown}, which ${what}. Nothing was run.`,
    deed
      ? 'Weights need no such thing: do not open this file elsewhere either. Get the weights from who published the model, best as safetensors.'
      : 'It holds more than weights, as training saves it. Where you trust who made it, save the weights alone in Python: torch.save(model.state_dict(), "weights.pt").',
  );
}
