// Preloaded into each child of start.ts: a child ends when its parent is gone, even by kill -9.
'use strict';
process.on('disconnect', () => process.exit(0));
// Waiting for the parent alone keeps no process alive.
process.channel?.unref();
