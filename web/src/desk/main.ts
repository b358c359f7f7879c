/** The desk's page. */
import "@awesome.me/webawesome/dist/styles/themes/default.css";
import "./desk.css";
import "./work.css";
import "./components.js";
import { startHere } from "./here.js";
import { startLook } from "./look.js";
import "./app.js";

startLook();
startHere();
