const longestEdge = 2400;
const mostBytes = 2_000_000;
const qualities = [0.85, 0.7, 0.55, 0.4];

/** A size with the same shape whose longer edge is at most `edge`. */
export function fitInto(width: number, height: number, edge: number): { width: number; height: number } {
  const factor = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** A photo as a JPEG of at most 2 MB, upright. It is drawn anew, so what the camera wrote beside the picture (the place, the device,
 *  the time) is not in it. Throws when this browser cannot read the picture: it must then not be sent as it is. */
export async function shrinkPhoto(photo: Blob, name: string): Promise<File> {
  const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  try {
    let edge = longestEdge;
    for (;;) {
      const { width, height } = fitInto(picture.width, picture.height, edge);
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      // What is transparent would become black.
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, width, height);
      pen.drawImage(picture, 0, 0, width, height);
      for (const quality of qualities) {
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
        if (!blob) throw new Error('no picture');
        if (blob.size <= mostBytes) return new File([blob], name, { type: 'image/jpeg' });
      }
      edge = Math.round(edge * 0.7);
    }
  } finally {
    picture.close();
  }
}
