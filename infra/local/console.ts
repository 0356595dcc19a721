// The console page: lists, files, mail and the clock of the local Microsoft 365, to see and to edit.
import { Router } from 'express';
import type { ControlSettings } from './control';

export function consolePages(_settings: ControlSettings): Router {
  return Router();
}
