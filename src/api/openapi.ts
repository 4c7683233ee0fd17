// The OpenAPI document of /api/v1, made from the routes themselves.

import type { TSchema } from '@sinclair/typebox';
import type { ApiRoute } from './route.ts';

interface ObjectSchema {
  properties?: Record<string, TSchema>;
  required?: string[];
}

export function openApiDocument(routes: readonly ApiRoute[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fascia', version, description: 'Our own REST, beside DICOMweb.', license: { name: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: '`fascia token create`' } },
      responses: {
        problem: {
          description: 'RFC 9457 problem',
          content: { 'application/problem+json': { schema: { type: 'object' } } },
        },
      },
    },
  };
}

function operation(route: ApiRoute): object {
  const content = route.answer && { [route.mediaType ?? 'application/json']: { schema: route.answer } };
  return {
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z]+(\w?)/g, (_, letter) => letter.toUpperCase())}`,
    description: `Needs a credential that may ${route.action}.`,
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...requestBody(route),
    responses: {
      [route.answer ? 200 : 204]: { description: 'done', ...(content && { content }) },
      default: { $ref: '#/components/responses/problem' },
    },
  };
}

function requestBody({ body, bodyMediaType }: ApiRoute): object {
  if (body === undefined && bodyMediaType === undefined) return {};
  const content = { [bodyMediaType ?? 'application/json']: { schema: body ?? { type: 'string' } } };
  return { requestBody: { required: true, content } };
}

function parameters(place: 'path' | 'query', schema: TSchema | undefined): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema;
  return Object.entries(properties).map(([name, form]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: form,
  }));
}
