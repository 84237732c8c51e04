using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify.Reports;
using Mono.Cecil;

namespace Lyra.IlVerify;

/// <summary>Verifies every method of an assembly.</summary>
internal static class AssemblyVerifier
{
    /// <summary>Reads an assembly and verifies its methods.</summary>
    /// <param name="file">The assembly.</param>
    /// <param name="folders">The folders to search for referenced assemblies, before the assembly's own folder and the runtime's.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">The file is not an assembly.</exception>
    public static IReadOnlyList<Message> Verify(string file, IReadOnlyList<string> folders)
    {
        string own = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        using FolderResolver resolver = new([.. folders, own, runtime]);
        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = resolver });
        resolver.Add(assembly);
        return Verify(assembly.MainModule);
    }

    /// <summary>Reads an assembly from memory and verifies its methods.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="resolver">Finds the referenced assemblies and keeps them, so sharing one resolver between assemblies saves
    /// time.</param>
    /// <exception cref="BadImageFormatException">There is no assembly in the stream.</exception>
    public static IReadOnlyList<Message> Verify(Stream image, FolderResolver resolver)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(image, new ReaderParameters { AssemblyResolver = resolver });
        return Verify(assembly.MainModule);
    }

    /// <summary>Verifies the methods of a module whose resolver finds the module itself.</summary>
    public static IReadOnlyList<Message> Verify(ModuleDefinition module)
    {
        List<Message> messages = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    messages.AddRange(new MethodVerifier(method).Verify());
                }
            }
        }

        return messages;
    }
}
