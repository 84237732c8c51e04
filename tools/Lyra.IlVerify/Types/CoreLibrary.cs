using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>
/// Recognizes the types of the core library, which the rules treat specially. Their names alone do not identify them: any assembly may
/// define a class <c>System.Int32</c>.
/// </summary>
internal static class CoreLibrary
{
    private static readonly ConditionalWeakTable<TypeReference, object> Types = [];
    private static readonly ConditionalWeakTable<ModuleDefinition, object> Modules = [];

    /// <summary>
    /// Whether the core library defines a type. If the definition cannot be found, the assembly that the reference names decides.
    /// </summary>
    public static bool Defines(TypeReference type) => (bool)Types.GetValue(type, static type => type.Resolve() is { } definition
        ? (bool)Modules.GetValue(definition.Module, static module => IsCore(module))
        : type.Scope?.Name == type.Module.TypeSystem.CoreLibrary.Name);

    /// <summary>Only the core library references no other assembly and defines the class without a base class.</summary>
    private static bool IsCore(ModuleDefinition module)
    {
        return module.AssemblyReferences.Count == 0 && module.GetType("System.Object") is { IsInterface: false, BaseType: null };
    }
}
