// Grey values from the kernel's bytes; grey_bytes.py says how a layer is packed.

const GREYS = 65536;
const PACKED = { zero: 127, far: 254, same: 0 };

// Bytes arrive as a DataView that may start anywhere: copy them, so that 16-bit numbers lie where they must.
function numbers(Type, view) {
  return new Type(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// Return a layer of so many pixels.
function unpack(view, length) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const grey = new Uint16Array(length);
  let value = 0;
  let at = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i++];
    if (byte === PACKED.same) {
      const many = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16);
      i += 3;
      if (value) grey.fill(value, at, at + many);
      at += many;
      continue;
    }
    if (byte === PACKED.far) {
      value = (value + (bytes[i] | (bytes[i + 1] << 8))) % GREYS;
      i += 2;
    } else value += byte - PACKED.zero;
    grey[at++] = value;
  }
  if (value) grey.fill(value, at);
  return grey;
}
