/** The chart, a file of its own: fetched only when somebody asks for it. Imports nothing of the widget. */
import { Chart, LineController, LineElement, LinearScale, PointElement } from "chart.js";

Chart.register(LineController, LineElement, LinearScale, PointElement);

export interface Series {
  points: { x: number; y: number }[];
  colour: string;
  dash: number[];
}

export interface Look {
  ink: string;
  grid: string;
  font: string;
  still: boolean;
  dollars(amount: number): string;
  time(years: number): string;
}

export interface Drawn {
  destroy(): void;
}

/** Draw the lines; calm axes, no animation when it is not wanted. */
export function draw(canvas: HTMLCanvasElement, series: Series[], look: Look): Drawn {
  const longest = Math.max(...series.flatMap((s) => s.points.map((p) => p.x)), 0.25);
  const font = { family: look.font, size: 12 };
  return new Chart(canvas, {
    type: "line",
    data: {
      datasets: series.map((s) => ({
        data: s.points, borderColor: s.colour, borderDash: s.dash, borderWidth: 2.5, pointRadius: 0, tension: 0,
      })),
    },
    options: {
      animation: look.still ? false : { duration: 400 },
      maintainAspectRatio: false,
      events: [],
      parsing: false,
      scales: {
        x: {
          type: "linear", min: 0, max: longest,
          grid: { display: false }, border: { color: look.grid },
          ticks: { color: look.ink, font, maxRotation: 0, stepSize: step(longest), callback: (v) => look.time(Number(v)) },
        },
        y: {
          type: "linear", beginAtZero: true,
          grid: { color: look.grid }, border: { display: false },
          ticks: { color: look.ink, font, maxTicksLimit: 6, callback: (v) => look.dollars(Number(v)) },
        },
      },
    },
  });
}

function step(years: number): number {
  if (years <= 0.5) return 1 / 12;
  if (years <= 2) return 0.5;
  return years <= 6 ? 1 : 2;
}
