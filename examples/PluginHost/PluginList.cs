using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PluginHost;

/// <summary>The plugins of a folder: one for each subfolder.</summary>
internal sealed class PluginList(string folder, IReadOnlyDictionary<string, Grant> grants, TextWriter output) : IDisposable
{
    private readonly SortedDictionary<string, Plugin> _plugins = new(StringComparer.Ordinal);

    /// <summary>Loads new and changed plugins, and drops those whose folder is gone.</summary>
    public void Refresh()
    {
        string[] names = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        foreach (string gone in _plugins.Keys.Except(names).ToArray())
        {
            _plugins[gone].Dispose();
            _plugins.Remove(gone);
            output.WriteLine($"{gone}: removed");
        }

        foreach (string name in names)
        {
            if (!_plugins.TryGetValue(name, out Plugin? plugin))
            {
                plugin = new Plugin(Path.Combine(folder, name), grants.GetValueOrDefault(name, Grant.None), output);
                _plugins.Add(name, plugin);
            }

            plugin.Refresh();
        }
    }

    public void Receive(string text)
    {
        foreach (Plugin plugin in _plugins.Values)
        {
            plugin.Receive(text);
        }
    }

    public void Show()
    {
        foreach (Plugin plugin in _plugins.Values)
        {
            output.WriteLine($"{plugin.Name}: {plugin.State}, {plugin.Permissions}");
        }
    }

    public void Dispose()
    {
        foreach (Plugin plugin in _plugins.Values)
        {
            plugin.Dispose();
        }
    }
}
