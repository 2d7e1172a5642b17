import { ComponentType } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  type License,
  LicenseExpression,
  LicenseRepository,
  Metadata,
  NamedLicense,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { JsonSerializer, JSON as NormalizeJson } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { ShippedPackage } from './shipped-packages';

/** What the software bill of materials is of. */
export interface BillOf {
  readonly version: string;
  readonly electronVersion: string;
  readonly packages: readonly ShippedPackage[];
}

/** The software bill of materials as CycloneDX 1.6 JSON (ECMA-424); the same for the same input. */
export function billOfMaterials({ version, electronVersion, packages }: BillOf): string {
  const app = new Component(ComponentType.Application, 'nuvem', {
    bomRef: 'nuvem',
    version,
    licenses: new LicenseRepository([new SpdxLicense('MIT')]),
  });
  const electron: ShippedPackage = {
    registry: 'npm',
    name: 'electron',
    version: electronVersion,
    licence: 'MIT',
    text: '',
  };
  const bom = new Bom({ metadata: new Metadata({ component: app }) });
  for (const shipped of [electron, ...packages]) {
    const component = componentOf(shipped);
    bom.components.add(component);
    app.dependencies.add(component.bomRef);
  }
  const serializer = new JsonSerializer(new NormalizeJson.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf(shipped: ShippedPackage): Component {
  const purl = packageUrl(shipped);
  const licence = shipped.licence === null ? null : licenceOf(shipped.licence);
  return new Component(ComponentType.Library, shipped.name, {
    bomRef: purl,
    purl,
    version: shipped.version,
    licenses: new LicenseRepository(licence === null ? [] : [licence]),
  });
}

/** https://github.com/package-url/purl-spec: the @ of an npm scope is escaped. */
function packageUrl({ registry, name, version }: ShippedPackage): string {
  return `pkg:${registry}/${name.replace(/^@/, '%40')}@${version}`;
}

function licenceOf(licence: string): License {
  if (isSupportedSpdxId(licence)) return new SpdxLicense(licence);
  return / (AND|OR|WITH) /.test(licence) ? new LicenseExpression(licence) : new NamedLicense(licence);
}
