import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/filters.css";
import "./styles/map.css";
import "./styles/timeline.css";
import "./styles/list.css";
import "./styles/card.css";
import "./styles/actors.css";
import "./styles/query.css";

import { render } from "preact";

import { App } from "./App";
import { apply, theme } from "./theme";

apply(theme());
const box = document.getElementById("app")!;
box.replaceChildren();
render(<App />, box);
