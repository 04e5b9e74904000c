export interface paths {
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the orders
         * @description Newest first. While `nextCursor` is not null, there is another page.
         */
        get: operations["listOrders"];
        put?: never;
        /**
         * Place an order
         * @description The order is `pending` until inventory has decided, usually within a second. Prices come from the catalogue. Members that the schema does not know are refused.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an order
         * @description The order with the history of its states. To ask whether it has changed, send the `ETag` of the last answer as `If-None-Match`.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Takes an order that is pending or confirmed. What was reserved for it is available again. Cancelling a cancelled order changes nothing.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the products
         * @description All that the shop sells, by SKU.
         */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a product
         * @description The product, and how many of it can be ordered now: inventory is asked, and `available` is null when it does not answer within half a second.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the shop sells. */
        Product: {
            sku: string;
            name: string;
            price: components["schemas"]["Money"];
        };
        /** @description An amount of money in integer minor units (cents for EUR), so that no sum is ever rounded. */
        Money: {
            /** @description Minor units: 1998 is EUR 19.98. */
            amount: number;
            /** @description ISO 4217 code. */
            currency: string;
        };
        /** @description A product with what inventory says of it. */
        AvailableProduct: {
            sku: string;
            name: string;
            price: components["schemas"]["Money"];
            /** @description Pieces that can be ordered now; null when inventory did not answer in time. */
            available: number | null;
        };
        /** @description An order with all the states it was in, oldest first. */
        OrderWithHistory: {
            /** Format: uuid */
            id: string;
            /** @description Grows by one with each change of state. */
            version: number;
            /** @enum {string} */
            status: "pending" | "confirmed" | "rejected" | "cancelled";
            customer: components["schemas"]["Customer"];
            lines: components["schemas"]["OrderLine"][];
            total: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
            history: components["schemas"]["OrderHistoryEntry"][];
        };
        /** @description A state that the order was in. */
        OrderHistoryEntry: {
            version: number;
            /** @enum {string} */
            status: "pending" | "confirmed" | "rejected" | "cancelled";
            reason?: string;
            /** Format: date-time */
            at: string;
        };
        /** @description Who ordered, with the addresses that the notifications go to. */
        Customer: {
            name: string;
            /** Format: email */
            email: string;
            /** @description An E.164 number (ITU-T E.164): `+`, a country code, at most 15 digits. */
            phone: string;
        };
        /** @description A line of an order, with the name and price that the product had when it was ordered. */
        OrderLine: {
            sku: string;
            quantity: number;
            name: string;
            unitPrice: components["schemas"]["Money"];
        };
        /** @description A page of orders, newest first. */
        OrderPage: {
            items: components["schemas"]["Order"][];
            /** @description Asks for the next page; null on the last. */
            nextCursor: string | null;
        };
        /** @description An order as callers see it. */
        Order: {
            /** Format: uuid */
            id: string;
            /** @description Grows by one with each change of state. */
            version: number;
            /** @enum {string} */
            status: "pending" | "confirmed" | "rejected" | "cancelled";
            customer: components["schemas"]["Customer"];
            lines: components["schemas"]["OrderLine"][];
            total: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
        };
        /** @description The body of `POST /orders`. Prices are the catalogue's, never the caller's. */
        PlaceOrder: {
            customer: components["schemas"]["Customer"];
            lines: components["schemas"]["StockLine"][];
        };
        /** @description How many pieces of which product. */
        StockLine: {
            sku: string;
            quantity: number;
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * Format: uri-reference
             * @description `about:blank` where the status says it all, else a URI that ends in the name of the error.
             */
            type: string;
            /** @description What the status says. */
            title: string;
            status: number;
            /** @description What went wrong, in words. */
            detail: string;
            /**
             * Format: uri-reference
             * @description The path of the request.
             */
            instance: string;
            /** @description What is wrong with which member of the request. */
            errors?: {
                /** @description Where it is, such as `lines[0].quantity`. */
                path: string;
                message: string;
            }[];
        };
        /** @description Problem details (RFC 9457) of a request that could not be read to its end. */
        UnreadableRequest: {
            /**
             * Format: uri-reference
             * @description `about:blank` where the status says it all, else a URI that ends in the name of the error.
             */
            type: string;
            /** @description What the status says. */
            title: string;
            status: number;
            /** @description What went wrong, in words. */
            detail: string;
        };
    };
    responses: {
        /** @description Request Timeout */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnreadableRequest"];
            };
        };
        /** @description Expectation Failed */
        ExpectationFailed: {
            headers: {
                /**
                 * @description That of the request, or a new one.
                 * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                 */
                "X-Correlation-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Header Fields Too Large */
        RequestHeaderFieldsTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnreadableRequest"];
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                /**
                 * @description That of the request, or a new one.
                 * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                 */
                "X-Correlation-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listOrders: {
        parameters: {
            query?: {
                /** @description Only orders in this state. */
                status?: "pending" | "confirmed" | "rejected" | "cancelled";
                /** @description How many orders a page has at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. Without it, the list begins with the newest order. */
                cursor?: string;
            };
            header?: {
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. */
            200: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                     *           "version": 2,
                     *           "status": "confirmed",
                     *           "customer": {
                     *             "name": "Ada Lovelace",
                     *             "email": "ada@example.com",
                     *             "phone": "+4915112345678"
                     *           },
                     *           "lines": [
                     *             {
                     *               "sku": "RUBBER-CHICKEN",
                     *               "name": "Rubber chicken",
                     *               "quantity": 2,
                     *               "unitPrice": {
                     *                 "amount": 999,
                     *                 "currency": "EUR"
                     *               }
                     *             },
                     *             {
                     *               "sku": "KAZOO",
                     *               "name": "Kazoo",
                     *               "quantity": 1,
                     *               "unitPrice": {
                     *                 "amount": 349,
                     *                 "currency": "EUR"
                     *               }
                     *             }
                     *           ],
                     *           "total": {
                     *             "amount": 2347,
                     *             "currency": "EUR"
                     *           },
                     *           "createdAt": "2026-11-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            417: components["responses"]["ExpectationFailed"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, such as a UUID. Sent again under its key within 24 hours, the call is answered as before and places no second order. */
                "Idempotency-Key"?: string;
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrder"];
            };
        };
        responses: {
            /** @description The order and its event are stored, and cannot be lost. */
            201: {
                headers: {
                    /**
                     * @description The path of the order.
                     * @example /orders/01890a5d-ac96-774b-bcce-b302099a8057
                     */
                    Location: string;
                    /** @description Only there when this is the answer to an earlier call with the same `Idempotency-Key`. */
                    "Idempotent-Replayed"?: "true";
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                     *       "version": 1,
                     *       "status": "pending",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+4915112345678"
                     *       },
                     *       "lines": [
                     *         {
                     *           "sku": "RUBBER-CHICKEN",
                     *           "name": "Rubber chicken",
                     *           "quantity": 2,
                     *           "unitPrice": {
                     *             "amount": 999,
                     *             "currency": "EUR"
                     *           }
                     *         },
                     *         {
                     *           "sku": "KAZOO",
                     *           "name": "Kazoo",
                     *           "quantity": 1,
                     *           "unitPrice": {
                     *             "amount": 349,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ],
                     *       "total": {
                     *         "amount": 2347,
                     *         "currency": "EUR"
                     *       },
                     *       "createdAt": "2026-11-02T09:30:00.000Z",
                     *       "history": [
                     *         {
                     *           "version": 1,
                     *           "status": "pending",
                     *           "at": "2026-11-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderWithHistory"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description Payload Too Large */
            413: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that you have. */
                "If-None-Match"?: string;
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path: {
                /** @description The `id` of an order: of the answer to `POST /orders`, or of one in `GET /orders`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    /**
                     * @description The version of the order, for `If-None-Match`.
                     * @example "2"
                     */
                    ETag: string;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                     *       "version": 2,
                     *       "status": "confirmed",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+4915112345678"
                     *       },
                     *       "lines": [
                     *         {
                     *           "sku": "RUBBER-CHICKEN",
                     *           "name": "Rubber chicken",
                     *           "quantity": 2,
                     *           "unitPrice": {
                     *             "amount": 999,
                     *             "currency": "EUR"
                     *           }
                     *         },
                     *         {
                     *           "sku": "KAZOO",
                     *           "name": "Kazoo",
                     *           "quantity": 1,
                     *           "unitPrice": {
                     *             "amount": 349,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ],
                     *       "total": {
                     *         "amount": 2347,
                     *         "currency": "EUR"
                     *       },
                     *       "createdAt": "2026-11-02T09:30:00.000Z",
                     *       "history": [
                     *         {
                     *           "version": 1,
                     *           "status": "pending",
                     *           "at": "2026-11-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "version": 2,
                     *           "status": "confirmed",
                     *           "at": "2026-11-02T09:30:00.080Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderWithHistory"];
                };
            };
            /** @description The order is still the one that you have. */
            304: {
                headers: {
                    /**
                     * @description The version of the order, for `If-None-Match`.
                     * @example "2"
                     */
                    ETag: string;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            417: components["responses"]["ExpectationFailed"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path: {
                /** @description The `id` of an order: of the answer to `POST /orders`, or of one in `GET /orders`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cancelled order. */
            200: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                     *       "version": 3,
                     *       "status": "cancelled",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+4915112345678"
                     *       },
                     *       "lines": [
                     *         {
                     *           "sku": "RUBBER-CHICKEN",
                     *           "name": "Rubber chicken",
                     *           "quantity": 2,
                     *           "unitPrice": {
                     *             "amount": 999,
                     *             "currency": "EUR"
                     *           }
                     *         },
                     *         {
                     *           "sku": "KAZOO",
                     *           "name": "Kazoo",
                     *           "quantity": 1,
                     *           "unitPrice": {
                     *             "amount": 349,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ],
                     *       "total": {
                     *         "amount": 2347,
                     *         "currency": "EUR"
                     *       },
                     *       "createdAt": "2026-11-02T09:30:00.000Z",
                     *       "history": [
                     *         {
                     *           "version": 1,
                     *           "status": "pending",
                     *           "at": "2026-11-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "version": 2,
                     *           "status": "confirmed",
                     *           "at": "2026-11-02T09:30:00.080Z"
                     *         },
                     *         {
                     *           "version": 3,
                     *           "status": "cancelled",
                     *           "at": "2026-11-02T09:42:17.500Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderWithHistory"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description Conflict */
            409: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            417: components["responses"]["ExpectationFailed"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue. */
            200: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "sku": "RUBBER-CHICKEN",
                     *         "name": "Rubber chicken",
                     *         "price": {
                     *           "amount": 999,
                     *           "currency": "EUR"
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Product"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            417: components["responses"]["ExpectationFailed"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Found again in the logs of all services, and in the messages that the call leads to. */
                "X-Correlation-Id"?: string;
            };
            path: {
                /** @description The `sku` of a product in `GET /products`. */
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product. */
            200: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sku": "RUBBER-CHICKEN",
                     *       "name": "Rubber chicken",
                     *       "price": {
                     *         "amount": 999,
                     *         "currency": "EUR"
                     *       },
                     *       "available": 498
                     *     }
                     */
                    "application/json": components["schemas"]["AvailableProduct"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            417: components["responses"]["ExpectationFailed"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    /**
                     * @description Seconds after which the call may be made again.
                     * @example 5
                     */
                    "Retry-After": number;
                    /**
                     * @description That of the request, or a new one.
                     * @example b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10
                     */
                    "X-Correlation-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
