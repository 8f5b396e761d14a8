// Stand-in while this room is being built: overwrite me.
export async function datasetRoutes(_app: any, _options: { schema: any; openRequest: (raw: { request: any; reply: any }) => any }): Promise<void> {}
