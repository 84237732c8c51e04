using System;
using Lyra.IlVerify.Reports;
using Mono.Cecil;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>The text of errors in damaged files.</summary>
public sealed class MessageTests
{
    /// <summary>A generic type without its argument, as a file with changed bytes had it: Mono.Cecil finds no name for it.</summary>
    [Fact]
    public void A_type_without_a_name_is_named_unreadable()
    {
        AssemblyNameDefinition name = new("Damaged", new Version(1, 0));
        using AssemblyDefinition assembly = AssemblyDefinition.CreateAssembly(name, "Damaged.dll", ModuleKind.Dll);
        TypeDefinition type = new("N", "T", TypeAttributes.Class, assembly.MainModule.TypeSystem.Object);
        assembly.MainModule.Types.Add(type);
        GenericInstanceType damaged = new(type);
        damaged.GenericArguments.Add(null!);
        MethodDefinition method = new("M", MethodAttributes.Public, assembly.MainModule.TypeSystem.Void);
        method.Parameters.Add(new ParameterDefinition(damaged));
        type.Methods.Add(method);

        new Message(VerifierError.BadMetadata, method, 0, null, null, null).ToString().ShouldContain("N.T::M((unreadable))");
    }
}
