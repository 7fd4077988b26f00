import { answers } from './answers.ts';
import { mail } from './mail.ts';
import { names } from './names.ts';
import { services } from './services.ts';
import { ui } from './ui.ts';
import { walks } from './walks.ts';

export const texts = { ui, walks, experiments: { ...answers, ...names, ...mail, ...services } };
