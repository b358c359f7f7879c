/** The plan's card. */
import { css } from "lit";

export const card = css`
  cp503-plan-card,
  cp503-rating {
    display: block;
    max-inline-size: 100%;
  }
  cp503-plan-card {
    inline-size: 100%;
    max-inline-size: 44em;
    margin-block-start: 8px;
    container-type: inline-size;
  }
  .card {
    padding: 14px 16px 10px;
    background: var(--sheet);
    border: 1px solid var(--line);
    border-block-start: 3px solid var(--accent);
    border-radius: 10px;
    overflow-wrap: anywhere;
  }
  .card.folded {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 2px 12px;
    padding: 6px 14px;
    border-block-start: 1px solid var(--line);
    font-size: 0.9375em;
    color: var(--quiet);
  }
  .card h3 {
    font-size: 1.0625em;
    line-height: 1.35;
  }
  .card h4 {
    font-size: 0.9375em;
    margin-block: 14px 6px;
  }
  .card .summary {
    margin-block-start: 4px;
  }
  .card .buttons {
    margin-block-start: 12px;
  }
  .ways {
    inline-size: 100%;
    margin-block-start: 12px;
    border-collapse: collapse;
    font-size: 0.9375em;
  }
  .ways th,
  .ways td {
    padding: 8px 10px 8px 0;
    padding-inline: 0 10px;
    text-align: start;
    vertical-align: top;
    overflow-wrap: break-word;
    border-block-end: 1px solid var(--line);
  }
  .ways thead th {
    white-space: nowrap;
    font-size: 0.8125em;
    font-weight: 500;
    color: var(--quiet);
  }
  .ways tbody th {
    font-weight: 600;
  }
  .ways .label {
    display: none;
  }
  .mark {
    display: inline-block;
    padding: 1px 8px;
    border-radius: 9px;
    border: 1px solid var(--accent);
    color: var(--accent);
    font-size: 0.8125em;
    font-weight: 600;
    white-space: nowrap;
  }
  @container (max-width: 560px) {
    .ways,
    .ways tbody,
    .ways tr,
    .ways tbody th,
    .ways td {
      display: block;
    }
    .ways thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .ways tr {
      padding: 10px 12px;
      border: 1px solid var(--line);
      border-radius: 10px;
      background: var(--paper);
    }
    .ways tr + tr {
      margin-block-start: 8px;
    }
    .ways tbody th,
    .ways td {
      border: 0;
      padding: 2px 0;
    }
    .ways td {
      display: flex;
      gap: 10px;
    }
    .ways .label {
      display: block;
      flex: 0 0 6em;
      color: var(--quiet);
    }
  }
  .chart {
    margin-block-start: 12px;
  }
  .chart figcaption {
    font-size: 0.9375em;
    font-weight: 600;
  }
  .canvas {
    position: relative;
    block-size: 220px;
    margin-block-start: 6px;
    overflow: hidden; /* a canvas is 300 pixels wide until it is drawn */
  }
  .canvas canvas {
    color: var(--quiet);
    border: 0 solid var(--line);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-block-start: 6px;
    list-style: none;
    font-size: 0.8125em;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  .legend svg {
    flex: none;
    forced-color-adjust: none;
  }
  .line-0 { color: var(--line-0); }
  .line-1 { color: var(--line-1); }
  .line-2 { color: var(--line-2); }
  .line-3 { color: var(--line-3); }
  .line-4 { color: var(--line-4); }
  .numbers {
    margin-block-start: 10px;
    overflow: auto;
    max-block-size: 340px;
  }
  .numbers table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .numbers th,
  .numbers td {
    padding: 4px 5px;
    text-align: end;
    vertical-align: bottom;
    font-weight: 400;
    border-block-end: 1px solid var(--line);
    overflow-wrap: normal;
  }
  .numbers th:first-child {
    padding-inline-start: 0;
    text-align: start;
    white-space: nowrap;
  }
  .numbers thead th {
    color: var(--quiet);
  }
  .numbers .label {
    display: none;
  }
  @container (max-width: 460px) {
    .numbers table,
    .numbers tbody,
    .numbers tr,
    .numbers tbody th {
      display: block;
      text-align: start;
    }
    .numbers thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .numbers tr {
      padding-block: 5px;
      border-block-end: 1px solid var(--line);
    }
    .numbers tbody th,
    .numbers td {
      border: 0;
      padding: 1px 0;
    }
    .numbers tbody th {
      font-weight: 600;
    }
    .numbers td {
      display: flex;
      justify-content: space-between;
      gap: 10px;
    }
    .numbers .label {
      display: block;
      text-align: start;
      color: var(--quiet);
    }
  }
  .steps {
    list-style: none;
  }
  .steps li {
    padding-block: 3px;
  }
  .steps label {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    min-block-size: 28px;
    padding-block: 2px;
    cursor: pointer;
  }
  .steps input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 1px 0 0;
    accent-color: var(--accent);
  }
  .more {
    padding-inline-start: 32px;
    font-size: 0.875em;
    color: var(--quiet);
  }
  .papers {
    padding-inline-start: 1.35em;
    font-size: 0.9375em;
  }
  details {
    margin-block-start: 10px;
    font-size: 0.875em;
    color: var(--quiet);
  }
  summary {
    min-block-size: 32px;
    padding-block: 5px;
    cursor: pointer;
    color: var(--accent);
  }
  details ul {
    padding-inline-start: 1.35em;
  }
  details li,
  details p {
    margin-block: 4px;
  }
`;
