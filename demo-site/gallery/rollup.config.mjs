import { bundle } from '../../rollup.config.mjs';

/** The gallery alone, for `npm run gallery`. */
export default bundle('demo-site/gallery/main.ts', 'dist/gallery', 'gallery');
