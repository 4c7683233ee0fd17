// What a profile is: the Basic Application Level Confidentiality Profile (PS3.15 E.2), the options that are taken with it
// (E.3), and what a site decides by itself. The presets are those that contracts of outsourced reading name.

import type { Action } from './confidentiality-table.ts';

/** The options of PS3.15 E.3 with their codes in CID 7050. */
export const optionCodes = {
  'clean-pixel-data': ['113101', 'Clean Pixel Data Option'],
  'clean-recognizable-visual-features': ['113102', 'Clean Recognizable Visual Features Option'],
  'clean-graphics': ['113103', 'Clean Graphics Option'],
  'clean-structured-content': ['113104', 'Clean Structured Content Option'],
  'clean-descriptors': ['113105', 'Clean Descriptors Option'],
  'retain-full-dates': ['113106', 'Retain Longitudinal Temporal Information Full Dates Option'],
  'retain-modified-dates': ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  'retain-patient-characteristics': ['113108', 'Retain Patient Characteristics Option'],
  'retain-device-identity': ['113109', 'Retain Device Identity Option'],
  'retain-uids': ['113110', 'Retain UIDs Option'],
  'retain-safe-private': ['113111', 'Retain Safe Private Option'],
  'retain-institution-identity': ['113112', 'Retain Institution Identity Option'],
} as const satisfies Record<string, readonly [code: string, meaning: string]>;

export const BASIC_PROFILE_CODE = ['113100', 'Basic Application Confidentiality Profile'] as const;

export type Option = keyof typeof optionCodes;
export const optionNames = Object.keys(optionCodes) as Option[];

/** A part of a frame, in pixels from its top left corner. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Regions that are blackened in frames of this kind; whatever is not said may be anything. */
export interface PixelMask {
  modality?: string;
  manufacturer?: string;
  model?: string;
  rows?: number;
  columns?: number;
  regions: readonly Region[];
}

export interface Profile {
  name: string;
  /** Nothing is changed: who receives it may know the patient. */
  identified?: true;
  options: ReadonlySet<Option>;
  /** By tag, what is done to an attribute at every depth, whatever the table says. */
  attributes: ReadonlyMap<number, Action>;
  /** Elements of private blocks that are kept besides those of Table E.3.10-1: `CREATOR/GGGGxxEE`. */
  safePrivate: ReadonlySet<string>;
  masks: readonly PixelMask[];
}

const profile = (name: string, options: readonly Option[]): Profile => ({
  name,
  options: new Set(options),
  attributes: new Map(),
  safePrivate: new Set(),
  masks: [],
});

const reading = [
  'clean-pixel-data',
  'clean-graphics',
  'clean-structured-content',
  'clean-descriptors',
  'retain-modified-dates',
  'retain-safe-private',
] as const satisfies readonly Option[];

export const presets: ReadonlyMap<string, Profile> = new Map(
  [
    profile('basic', []),
    profile('R-read', [...reading, 'retain-patient-characteristics']),
    profile('R-trial', [...reading, 'clean-recognizable-visual-features']),
    { ...profile('R-ident', []), identified: true as const },
  ].map((each) => [each.name, each]),
);
