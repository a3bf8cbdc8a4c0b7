'use strict';
// The demonstration in a directory of its own: filled once, copied for each use, served on a free
// port. Start reading at Demo.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawn, execFileSync } = require('child_process');

const root = path.resolve(__dirname, '../../..');
const program = path.resolve(process.env.YZ_PROGRAM || path.join(root, 'build/yuanzhuo'));
const START_MS = 60000;
const STOP_MS = 15000;

/** A directory that goes away when the test ends. */
function temporaryDirectory() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yz-web-'));
  process.on('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The filled demonstration that run.sh made, or a new one. */
function filledDemo() {
  if (process.env.YZ_DEMO) {
    return process.env.YZ_DEMO;
  }
  const directory = path.join(temporaryDirectory(), 'demo');
  execFileSync(program, ['demo', '--small', '--fill-only', '--dir', directory], { cwd: root, stdio: 'pipe' });
  return directory;
}

/** What `yuanzhuo routes` prints. */
function printedRoutes() {
  return execFileSync(program, ['routes'], { encoding: 'utf8' });
}

/** One served copy of a demonstration. */
class Demo {
  constructor(from) {
    this.directory = path.join(temporaryDirectory(), 'demo');
    this.copyFrom(from);
    this.child = null;
    this.origin = null;
    this.logText = '';
  }

  copyFrom(from) {
    fs.rmSync(this.directory, { recursive: true, force: true });
    fs.cpSync(from, this.directory, { recursive: true });
    fs.rmSync(path.join(this.directory, 'yuanzhuo.db.lock'), { force: true });
    fs.writeFileSync(path.join(this.directory, 'yuanzhuo.conf'), '[log]\nlevel = debug\n');
  }

  async start() {
    this.child = spawn(program, ['demo', '--dir', this.directory, '--port', '0'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr.on('data', (bytes) => { this.logText += bytes; });
    this.origin = await this.readAddress();
    return this;
  }

  readAddress() {
    return new Promise((resolve, reject) => {
      let said = '';
      const late = setTimeout(() => reject(new Error(`no address in time: ${said}`)), START_MS);
      this.child.stdout.on('data', (bytes) => {
        said += bytes;
        const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (found) {
          clearTimeout(late);
          resolve(found[0]);
        }
      });
      this.child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${code}: ${this.logText}`));
      });
    });
  }

  /** Stops gently; the exit code must be 0. */
  async stop() {
    const child = this.child;
    this.child = null;
    if (!child) {
      return;
    }
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code === null ? signal : code)));
    const began = Date.now();
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill('SIGTERM');
    const code = await ended;
    clearTimeout(late);
    if (code !== 0) {
      const after = `${code} after ${Date.now() - began} ms`;
      throw new Error(`the server stopped with ${after}: ${this.logText.slice(-1000)}`);
    }
  }

  /** Keeps the present state (sign-ins included) in a directory of its own. */
  async keepAs(directory) {
    await this.stop();
    fs.rmSync(directory, { recursive: true, force: true });
    fs.cpSync(this.directory, directory, { recursive: true });
    await this.start();
  }

  async restoreFrom(directory) {
    await this.stop();
    this.copyFrom(directory);
    await this.start();
  }

  /** The log so far, as objects. */
  logLines() {
    return this.logText.split('\n').filter((line) => line.startsWith('{')).map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        return { event: 'unreadable', line };
      }
    });
  }

  get database() {
    return path.join(this.directory, 'yuanzhuo.db');
  }

  /** The server's secret: with it a test makes form tokens for any visitor. */
  secret() {
    return fs.readFileSync(path.join(this.directory, 'keys/server.key'));
  }
}

module.exports = { Demo, filledDemo, printedRoutes, temporaryDirectory, root, program };
