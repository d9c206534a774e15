/** The connection to the server: JSON commands out, JSON and binary in, reconnecting by itself. */
import { decode } from "./protocol.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

export class Wire {
  /** `handlers` = {ready, message, binary, lost, shape}; `shape` says what binary messages look like now. */
  constructor(handlers) {
    this.handlers = handlers;
    this.wait = FIRST_WAIT;
    this.full = false;
    this.ended = false;
  }

  /** Connect, and again whenever the connection is lost. */
  connect() {
    this.ended = false;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/ws`);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("message", (event) => this._receive(event.data));
    this.socket.addEventListener("close", () => this._lost());
  }

  /** Whether there is a connection. */
  get connected() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Send one command; false while there is no connection. */
  send(command) {
    if (!this.connected) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  _receive(data) {
    if (typeof data === "string") {
      this._text(JSON.parse(data));
      return;
    }
    const message = decode(data, this.handlers.shape());
    if (message) this.handlers.binary(message);
  }

  _text(message) {
    if (message.type === "hello") {
      this.wait = FIRST_WAIT;
      this.full = false;
      this.handlers.ready(message);
    } else {
      if (message.type === "busy") this.full = true;
      if (message.type === "bye") this.ended = true;
      this.handlers.message(message);
    }
  }

  _lost() {
    if (this.ended) return;
    if (!this.full) this.handlers.lost();
    setTimeout(() => this.connect(), this.full ? LONGEST_WAIT : this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }
}
