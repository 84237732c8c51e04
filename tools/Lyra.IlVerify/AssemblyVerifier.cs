using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify.Reading;
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
    /// <exception cref="BadImageFormatException">The file is not an assembly, or too damaged to be read.</exception>
    public static IReadOnlyList<Message> Verify(string file, IReadOnlyList<string> folders)
    {
        string own = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        using FolderResolver resolver = new([.. folders, own, runtime]);
        AssemblyDefinition assembly = Read(File.ReadAllBytes(file), resolver, out Dictionary<int, CodeError> unreadable);
        resolver.Add(assembly);
        return Verify(assembly.MainModule, unreadable);
    }

    /// <summary>Reads an assembly from memory and verifies its methods.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="resolver">Finds the referenced assemblies and keeps them, so sharing one resolver between assemblies saves
    /// time.</param>
    /// <exception cref="BadImageFormatException">There is no assembly in the stream, or it is too damaged to be read.</exception>
    public static IReadOnlyList<Message> Verify(Stream image, FolderResolver resolver)
    {
        using MemoryStream bytes = new();
        image.CopyTo(bytes);
        using AssemblyDefinition assembly = Read(bytes.ToArray(), resolver, out Dictionary<int, CodeError> unreadable);
        return Verify(assembly.MainModule, unreadable);
    }

    private static List<Message> Verify(ModuleDefinition module, Dictionary<int, CodeError> unreadable)
    {
        List<Message> messages = [];
        foreach (TypeDefinition type in TypesOf(module))
        {
            try
            {
                foreach (MethodDefinition method in type.Methods)
                {
                    messages.AddRange(Verify(method, unreadable));
                }
            }
            catch (Exception e) when (Damage.IsCauseOf(e))
            {
                messages.Add(Message.Unreadable(type));
            }
        }

        return messages;
    }

    private static IReadOnlyList<Message> Verify(MethodDefinition method, Dictionary<int, CodeError> unreadable)
    {
        if (unreadable.TryGetValue(method.MetadataToken.ToInt32(), out CodeError? found))
        {
            return [new Message(found.Error, method, found.Offset, found.OpCode, null, null)];
        }

        try
        {
            // The CLR provides the code of some methods, for example of those with UnsafeAccessorAttribute.
            return method is { HasBody: true, RVA: not 0 } ? new MethodVerifier(method).Verify() : [];
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            return [Message.Unreadable(method)];
        }
    }

    private static AssemblyDefinition Read(byte[] image, FolderResolver resolver, out Dictionary<int, CodeError> unreadable)
    {
        try
        {
            unreadable = MetadataCheck.Check(image);
            return AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = resolver });
        }
        catch (Exception e) when (Damage.IsCauseOf(e) && e is not BadImageFormatException)
        {
            throw new BadImageFormatException("its metadata is damaged", e);
        }
    }

    private static List<TypeDefinition> TypesOf(ModuleDefinition module)
    {
        try
        {
            return [.. module.GetTypes()];
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            throw new BadImageFormatException("its table of types is damaged", e);
        }
    }
}
