import { about } from './about.ts';
import { answers } from './answers.ts';
import { basics } from './basics.ts';
import { caches } from './caches.ts';
import { mail } from './mail.ts';
import { names } from './names.ts';
import { services } from './services.ts';
import { spoken } from './spoken.ts';
import { ui } from './ui.ts';
import { walks } from './walks.ts';
import { words } from './words.ts';

export const texts = {
  about,
  spoken,
  ui,
  walks,
  words,
  experiments: { ...basics, ...caches, ...answers, ...names, ...mail, ...services },
};
