'use strict';
// A visitor without a browser: requests with cookies kept, nothing followed unless asked for.

const http = require('http');

class Client {
  /** where: () => origin, because a server that was started again has another port. */
  constructor(where, name) {
    this.where = where;
    this.name = name;
    this.cookies = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  }

  cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keepCookies(lines) {
    for (const line of lines || []) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/Max-Age=0/.test(line)) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }

  /** Answers { status, headers, body, text, id }; never throws for a status. A connection that was
   * kept and that the server closed while it was idle is not the server's answer: asked again. */
  async request(method, target, body, headers = {}) {
    for (;;) {
      try {
        return await this.requestOnce(method, target, body, headers);
      } catch (problem) {
        if (!(problem.wasIdle && problem.code === 'ECONNRESET')) {
          throw problem;
        }
      }
    }
  }

  requestOnce(method, target, body, headers) {
    const origin = new URL(this.where());
    const all = { ...headers };
    if (this.cookies.size > 0) {
      all.Cookie = this.cookieHeader();
    }
    if (body !== undefined) {
      all['Content-Length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const asked = http.request(
        { host: origin.hostname, port: origin.port, method, path: target, headers: all, agent: this.agent },
        (answer) => {
          const parts = [];
          answer.on('data', (part) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            this.keepCookies(answer.headers['set-cookie']);
            resolve(readAnswer(answer, Buffer.concat(parts)));
          });
        });
      asked.setTimeout(30000, () => asked.destroy(new Error(`${method} ${target}: no answer`)));
      asked.on('error', (problem) => reject(Object.assign(problem, { wasIdle: asked.reusedSocket })));
      asked.end(body);
    });
  }

  get(target) {
    return this.request('GET', target);
  }

  /** pairs: [[name, value], ...]; a Buffer value is sent byte by byte. */
  post(target, pairs) {
    return this.request('POST', target, urlencoded(pairs), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
  }

  /** parts: [[name, value, fileName?], ...] */
  postMultipart(target, parts) {
    const boundary = 'yz-boundary-0123456789';
    return this.request('POST', target, multipart(parts, boundary), {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    });
  }
}

function readAnswer(answer, body) {
  const type = answer.headers['content-type'] || '';
  const isText = /^(text|application\/json)/.test(type);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body,
    type,
    text: isText ? body.toString('utf8') : '',
    id: answer.headers['x-request-id'],
    location: answer.headers.location,
  };
}

function escapeBytes(value) {
  return [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function urlencoded(pairs) {
  return pairs.map(([name, value]) =>
    `${encodeURIComponent(name)}=${Buffer.isBuffer(value) ? escapeBytes(value) : encodeURIComponent(value)}`).join('&');
}

function multipart(parts, boundary) {
  const pieces = [];
  for (const [name, value, fileName] of parts) {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/csv`;
    pieces.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`));
    pieces.push(Buffer.from(value), Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(pieces);
}

module.exports = { Client };
