using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PluginHost;

if (args.Length > 1)
{
    Console.Error.WriteLine("usage: PluginHost [FOLDER]   (the folder has grants.json and plugins/NAME/main.lyra)");
    return 2;
}

string folder = args.Length == 1 ? args[0] : AppContext.BaseDirectory;
IReadOnlyDictionary<string, Grant> grants;
try
{
    grants = Grant.ReadAll(Path.Combine(folder, "grants.json"));
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
{
    Console.Error.WriteLine($"grants.json: {error.Message}");
    return 1;
}

using PluginList plugins = new(Path.Combine(folder, "plugins"), grants, Console.Out);
plugins.Refresh();
while (Console.In.ReadLine() is { } line)
{
    switch (line.Trim())
    {
        case "quit":
            return 0;
        case "list":
            plugins.Show();
            break;
        case "reload":
            plugins.Refresh();
            break;
        case "":
            break;
        case var text:
            plugins.Receive(text);
            break;
    }
}

return 0;
