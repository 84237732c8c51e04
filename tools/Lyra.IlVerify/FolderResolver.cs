using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify.Reading;
using Lyra.IlVerify.Reports;
using Mono.Cecil;

namespace Lyra.IlVerify;

/// <summary>
/// Finds assemblies in folders; the first folder that contains an assembly wins. Returns null for an assembly in no folder; the verifier
/// reports it where it is referenced.
/// </summary>
internal sealed class FolderResolver(IReadOnlyList<string> folders) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition?> _known = [];

    /// <summary>Resolves references to an assembly to this definition.</summary>
    public void Add(AssemblyDefinition assembly) => _known[assembly.Name.Name] = assembly;

    public AssemblyDefinition? Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_known.TryGetValue(name.Name, out AssemblyDefinition? known))
        {
            return known;
        }

        parameters.AssemblyResolver = this;
        AssemblyDefinition? found = Find(name.Name) is { } file ? Read(file, parameters) : null;
        _known[name.Name] = found;
        return found;
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition? assembly in _known.Values)
        {
            assembly?.Dispose();
        }

        _known.Clear();
    }

    /// <summary>A file that is not an assembly cannot be the referenced one.</summary>
    private static AssemblyDefinition? Read(string file, ReaderParameters parameters)
    {
        try
        {
            return AssemblyDefinition.ReadAssembly(file, parameters);
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            return null;
        }
    }

    private string? Find(string name)
    {
        foreach (string folder in folders)
        {
            foreach (string extension in (ReadOnlySpan<string>)[".dll", ".exe"])
            {
                string file = Path.Combine(folder, name + extension);
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        return null;
    }
}
