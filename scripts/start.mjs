/** `npm start`: installs what is missing, builds what is stale, then becomes the server. */
import { prepare } from './prepare.mjs';

prepare();
await import('../dist/server/main.js');
