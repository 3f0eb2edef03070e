// Stands in for the native module `@vscode/spdlog` of a VS Code server whose native modules were not compiled: without
// it, every log file stays empty, and so does the Output view that "Image Gateway: Show Log" opens.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.formats = true;
    mkdirSync(dirname(file), { recursive: true });
  }
  setPattern() {
    this.formats = true;
  }
  clearFormatters() {
    this.formats = false;
  }
  write(level, message) {
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.file, this.formats ? `${time} [${level}] ${message}\n` : message);
    } catch {
      // The folder of a window that is gone: nobody reads it.
    }
  }
  getLevel() {
    return 0;
  }
  setLevel() {
    // The server decides itself what is worth logging.
  }
  flush() {
    // Every line is written at once.
  }
  drop() {
    // Nothing is held open.
  }
}
for (const [method, level] of Object.entries({ warn: 'warning' }).concat(
  ['trace', 'debug', 'info', 'error', 'critical'].map((name) => [name, name]),
)) {
  Logger.prototype[method] = function (message) {
    this.write(level, message);
  };
}

const create = (name, file) => Promise.resolve(new Logger('rotating', name, file));

exports.version = 0;
exports.setLevel = Logger.prototype.setLevel;
exports.setFlushOn = Logger.prototype.flush;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
