using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Lyra.IlVerify.Reports;

namespace Lyra.IlVerify.Reading;

/// <summary>
/// Refuses files that Mono.Cecil cannot read safely: it would overflow the stack or allocate gigabytes, which no handler can catch. Other
/// damage is reported where it is found.
/// </summary>
internal static class MetadataCheck
{
    /// <summary>The offset of the version's length in the root of the metadata (II.24.2.1).</summary>
    private const int MetadataVersion = 12;

    /// <summary>Checks a file; returns the errors of methods whose code must not be read, by the method's token.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static Dictionary<int, CodeError> Check(byte[] image)
    {
        using PEReader file = new(new MemoryStream(image));
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException("it contains no .NET metadata");
        }

        CheckSizes(file, image.Length);
        MetadataReader metadata = file.GetMetadataReader(MetadataReaderOptions.None);
        foreach (TypeReferenceHandle type in metadata.TypeReferences)
        {
            CheckNesting(type, MetadataTokens.GetToken(type), handle => metadata.GetTypeReference(handle).ResolutionScope switch
            {
                { Kind: HandleKind.TypeReference } scope => (TypeReferenceHandle)scope,
                _ => default,
            });
        }

        foreach (TypeDefinitionHandle type in metadata.TypeDefinitions)
        {
            CheckNesting(type, MetadataTokens.GetToken(type), handle => metadata.GetTypeDefinition(handle).GetDeclaringType());
        }

        CheckNestedTypes(metadata);
        CheckForwards(metadata);
        CheckSignatures(metadata);
        return CodeCheck.Check(file, metadata);
    }

    /// <summary>The heaps fit the metadata, and the debug data the file. Mono.Cecil allocates their memory before it reads them.</summary>
    private static void CheckSizes(PEReader file, int length)
    {
        BlobReader root = file.GetMetadata().GetReader();
        root.Offset = MetadataVersion;
        int version = root.ReadInt32();
        root.Offset += version;
        root.ReadUInt16();
        int heaps = root.ReadUInt16();
        long left = root.Length;
        for (int i = 0; i < heaps; i++)
        {
            root.ReadUInt32();
            left -= root.ReadUInt32();
            int name = root.IndexOf(0) + 1;
            root.Offset += (name + 3) & ~3;
        }

        foreach (DebugDirectoryEntry entry in file.ReadDebugDirectory())
        {
            left = entry.DataSize >= 0 && entry.DataSize <= length ? left : -1;
        }

        if (left < 0)
        {
            throw new BadImageFormatException("a part of it is larger than the file");
        }
    }

    /// <summary>A type has one outer type. Otherwise the outer type that is checked need not be the one that Mono.Cecil follows.</summary>
    private static void CheckNestedTypes(MetadataReader metadata)
    {
        HashSet<TypeDefinitionHandle> found = [];
        foreach (TypeDefinitionHandle outer in metadata.TypeDefinitions)
        {
            foreach (TypeDefinitionHandle type in metadata.GetTypeDefinition(outer).GetNestedTypes())
            {
                if (!found.Add(type) || metadata.GetTypeDefinition(type).GetDeclaringType() != outer)
                {
                    throw new BadImageFormatException($"the type 0x{MetadataTokens.GetToken(type):X8} is nested in two types");
                }
            }
        }
    }

    /// <summary>Following forwarded types ends: none is forwarded to its own assembly.</summary>
    private static void CheckForwards(MetadataReader metadata)
    {
        string own = metadata.IsAssembly ? metadata.GetString(metadata.GetAssemblyDefinition().Name) : string.Empty;
        foreach (ExportedTypeHandle type in metadata.ExportedTypes)
        {
            int token = MetadataTokens.GetToken(type);
            CheckNesting(type, token, handle => metadata.GetExportedType(handle).Implementation switch
            {
                { Kind: HandleKind.ExportedType } outer => (ExportedTypeHandle)outer,
                _ => default,
            });
            if (metadata.GetExportedType(type).Implementation is { Kind: HandleKind.AssemblyReference } to
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)to).Name) == own)
            {
                throw new BadImageFormatException($"the type 0x{token:X8} is forwarded to its own assembly");
            }
        }
    }

    private static void CheckNesting<T>(T type, int token, Func<T, T> outer)
        where T : struct, IEquatable<T>
    {
        int depth = 0;
        for (T at = outer(type); !at.Equals(default); at = outer(at))
        {
            if (++depth > Damage.DeepestNesting)
            {
                throw new BadImageFormatException($"the type 0x{token:X8} is nested in itself or too deeply");
            }
        }
    }

    private static void CheckSignatures(MetadataReader metadata)
    {
        SignatureCheck check = new(metadata);
        for (int i = 1; i <= metadata.GetTableRowCount(TableIndex.TypeSpec); i++)
        {
            check.CheckType(MetadataTokens.TypeSpecificationHandle(i));
        }

        foreach (FieldDefinitionHandle field in metadata.FieldDefinitions)
        {
            check.Check(metadata.GetFieldDefinition(field).Signature);
        }

        foreach (MethodDefinitionHandle method in metadata.MethodDefinitions)
        {
            check.Check(metadata.GetMethodDefinition(method).Signature);
        }

        foreach (PropertyDefinitionHandle property in metadata.PropertyDefinitions)
        {
            check.Check(metadata.GetPropertyDefinition(property).Signature);
        }

        foreach (MemberReferenceHandle member in metadata.MemberReferences)
        {
            check.Check(metadata.GetMemberReference(member).Signature);
        }

        for (int i = 1; i <= metadata.GetTableRowCount(TableIndex.MethodSpec); i++)
        {
            check.Check(metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(i)).Signature);
        }

        for (int i = 1; i <= metadata.GetTableRowCount(TableIndex.StandAloneSig); i++)
        {
            check.Check(metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(i)).Signature);
        }
    }
}
