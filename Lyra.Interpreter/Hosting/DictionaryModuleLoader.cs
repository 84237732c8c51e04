using System;
using System.Collections.Generic;

namespace Lyra;

/// <summary>
/// Loads modules from memory. Names of modules have the form <c>lib/util</c>, with <c>/</c> between the parts and no extension. Paths are
/// relative to the importing module if it is in the dictionary, otherwise to the top. Thread-safe while nobody changes the dictionary.
/// </summary>
public sealed class DictionaryModuleLoader : IModuleLoader
{
    private readonly IReadOnlyDictionary<string, string> _sources;

    /// <summary>Creates a loader of the given sources.</summary>
    /// <param name="sources">The source text of each module, by name. The dictionary is not copied.</param>
    public DictionaryModuleLoader(IReadOnlyDictionary<string, string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = sources;
    }

    /// <inheritdoc/>
    public string? Resolve(string path, string importer)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(importer);

        int slash = _sources.ContainsKey(importer) ? importer.LastIndexOf('/') : -1;
        List<string> parts = slash < 0 ? [] : [.. importer[..slash].Split('/')];
        foreach (string part in path.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        string name = string.Join('/', parts);
        return _sources.ContainsKey(name) ? name : null;
    }

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">The dictionary has no module of this name.</exception>
    public string Load(string name) => _sources[name];
}
