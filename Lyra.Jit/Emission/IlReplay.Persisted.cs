using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// Saves emitted methods as an assembly on disk, for verifiers and decompilers. The assembly refers to the real assemblies of Lyra and the
/// host. It defines and applies the attribute with which the CLR lets it use their internal types and members.
/// </summary>
internal static partial class IlReplay
{
    private const string AccessAttribute = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";

    /// <summary>The type that holds the methods of a saved assembly.</summary>
    public const string PersistedType = "Lyra.Emitted.Regions";

    /// <summary>
    /// Adds the method to a type of an assembly that will be saved: public, static, the region's data as its first parameter.
    /// </summary>
    public static MethodBuilder ToPersisted(TypeBuilder type, IlBuffer buffer, string name)
    {
        MethodBuilder method = type.DefineMethod(
            name, MethodAttributes.Public | MethodAttributes.Static, buffer.Signature.Result, buffer.Signature.Parameters);
        method.InitLocals = true;
        Write(buffer, method.GetILGenerator(), method);
        return method;
    }

    /// <summary>Saves methods as a .NET assembly, in the type <see cref="PersistedType"/>.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="methods">The methods; each needs a unique name.</param>
    /// <exception cref="ArgumentException">Two methods have the same name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<(string Name, IlBuffer Buffer)> methods)
    {
        BlobBuilder image = Build(Path.GetFileNameWithoutExtension(path), methods);
#pragma warning disable RS0030 // The path comes from the user of a tool, not from a script.
        using FileStream file = File.Create(path);
#pragma warning restore RS0030
        image.WriteContentTo(file);
    }

    /// <summary>Like <see cref="Save(string, IEnumerable{ValueTuple{string, IlBuffer}})"/>, but writes to a stream.</summary>
    /// <param name="output">The stream.</param>
    /// <param name="name">The assembly's name.</param>
    /// <param name="methods">The methods; each needs a unique name.</param>
    public static void Save(Stream output, string name, IEnumerable<(string Name, IlBuffer Buffer)> methods) =>
        Build(name, methods).WriteContentTo(output);

    private static BlobBuilder Build(string name, IEnumerable<(string Name, IlBuffer Buffer)> methods)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(name + ".dll");
        ConstructorBuilder access = DefineAccessAttribute(module);
        TypeBuilder type = module.DefineType(PersistedType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        HashSet<string> names = [];
        HashSet<Assembly> used = [typeof(Value).Assembly, typeof(IlReplay).Assembly];
        foreach ((string method, IlBuffer buffer) in methods)
        {
            if (!names.Add(method))
            {
                throw new ArgumentException($"Two methods are named '{method}'; give each a unique name.", nameof(methods));
            }

            ToPersisted(type, buffer, method);
            AddAssemblies(buffer, used);
        }

        type.CreateType();
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder code, out BlobBuilder fieldData);
        StateAccess(metadata, MetadataTokens.MethodDefinitionHandle(access.MetadataToken), used);
        BlobBuilder image = new();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, fieldData).Serialize(image);
        return image;
    }

    /// <summary>Adds the assemblies of the host whose types and members a method uses. Those of the platform grant nothing.</summary>
    private static void AddAssemblies(IlBuffer buffer, HashSet<Assembly> used)
    {
        foreach (ref readonly IlInstruction instruction in buffer.Instructions)
        {
            AddAssemblies(
                instruction.Reference switch
                {
                    Type type => [type],
                    MethodBase method => [method.DeclaringType!, .. method.IsGenericMethod ? method.GetGenericArguments() : []],
                    FieldInfo field => [field.DeclaringType!],
                    _ => [],
                },
                used);
        }
    }

    private static void AddAssemblies(Type[] types, HashSet<Assembly> used)
    {
        foreach (Type type in types)
        {
            if (type.Assembly != typeof(object).Assembly)
            {
                used.Add(type.Assembly);
            }

            AddAssemblies(type.GetGenericArguments(), used);
        }
    }

    private static ConstructorBuilder DefineAccessAttribute(ModuleBuilder module)
    {
        TypeBuilder attribute = module.DefineType(AccessAttribute, TypeAttributes.NotPublic | TypeAttributes.Sealed, typeof(Attribute));
        ConstructorBuilder constructor = attribute.DefineConstructor(
            MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        ILGenerator il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        attribute.CreateType();
        return constructor;
    }

    /// <summary>
    /// Adds the attributes to the assembly. The builder's own method does not work here: it writes the assembly's attributes before the
    /// constructors that the assembly defines have their tokens.
    /// </summary>
    private static void StateAccess(MetadataBuilder metadata, MethodDefinitionHandle constructor, HashSet<Assembly> targets)
    {
        foreach (Assembly target in targets)
        {
            BlobBuilder value = new();
            new BlobEncoder(value).CustomAttributeSignature(
                arguments => arguments.AddArgument().Scalar().Constant(target.GetName().Name),
                static named => named.Count(0));
            metadata.AddCustomAttribute(EntityHandle.AssemblyDefinition, constructor, metadata.GetOrAddBlob(value));
        }
    }
}
