using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Lyra.IlVerify.Reading;

/// <summary>
/// Refuses files that Mono.Cecil cannot read safely: it would overflow the stack or allocate gigabytes, which no handler can catch. Other
/// damage is reported where it is found.
/// </summary>
internal static class MetadataCheck
{
    /// <summary>Checks a file; returns the errors of methods whose code must not be read, by the method's token.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static Dictionary<int, CodeError> Check(byte[] image)
    {
        using PEReader file = new(new MemoryStream(image));
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException("it contains no .NET metadata");
        }

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

        CheckSignatures(metadata);
        return CodeCheck.Check(file, metadata);
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
