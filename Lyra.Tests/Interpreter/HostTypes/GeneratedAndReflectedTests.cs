using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>The source generator and reflection find the same members of marked types.</summary>
public sealed partial class GeneratedAndReflectedTests
{
    private static readonly Assembly Tests = typeof(GeneratedAndReflectedTests).Assembly;

    public static TheoryData<string> Types() =>
        [.. Tests.GetTypes().Where(type => type.IsDefined(typeof(LyraTypeAttribute))).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void They_find_the_same(string name)
    {
        MethodInfo describe = typeof(GeneratedAndReflectedTests).GetMethod(nameof(Describe), BindingFlags.NonPublic | BindingFlags.Static)!;
        Type type = Tests.GetType(name)!;
        (string[] generated, string[] reflected) = ((string[], string[]))describe.MakeGenericMethod(type).Invoke(null, [])!;
        generated.ShouldNotBeEmpty();
        reflected.ShouldBe(generated);
    }

    [Theory]
    [InlineData(typeof(Customer), null)]
    [InlineData(typeof(ImportantCustomer), "Vip")]
    public void The_mark_of_a_type_has_its_name_in_scripts(Type type, string? name)
    {
        LyraTypeAttribute mark = type.GetCustomAttribute<LyraTypeAttribute>().ShouldNotBeNull();

        mark.Name.ShouldBe(name);
    }

    private static (string[] Generated, string[] Reflected) Describe<T>()
        where T : notnull
    {
        LyraTypeBuilder<T> generated = GeneratedTypes.Begin<T>();
        LyraTypeBuilder<T> reflected = new(generated.TypeName);
        ReflectedMembers.AddTo(reflected, LyraMembers.Marked);
        return ([.. Lines(generated.Build())], [.. Lines(reflected.Build())]);
    }

    private static IEnumerable<string> Lines(HostType type)
    {
        IEnumerable<string> rows =
        [
            .. MembersOf(type).Values.Select(Line),
            .. StaticsOf(type).Values.Select(member => $"static {Line(member)}"),
            .. type.Operators.Select(row => $"operator {row.Key}: {Signature(row.Value)}"),
            $"constructor: {Signature(type.Constructor)}",
            $"index: {Signature(type.IndexGetter)} {Signature(type.IndexSetter)}",
            $"text: {type.Text is not null}",
        ];
        return rows.Order(StringComparer.Ordinal);
    }

    private static string Line(HostMember member) =>
        $"{member.Name}: {Signature(member.Method)} get {Signature(member.Getter)} set {Signature(member.Setter)}";

    private static string Signature(NativeProc? proc) => proc is null ? "none" : proc.Intrinsic.Signature;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_members")]
    private static extern ref Dictionary<string, HostMember> MembersOf(HostType type);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_statics")]
    private static extern ref Dictionary<string, HostMember> StaticsOf(HostType type);

    /// <summary>What a derived class inherits or overrides.</summary>
    public class Base
    {
        [LyraMember]
        public virtual int Width { get; set; }

        [LyraMember]
        public virtual int Height { get; set; }

        [LyraMember]
        public int Hidden => 1;

        [LyraMember]
        protected int Inner { get; set; }

        [LyraMember("scaled")]
        public virtual int Scale(int factor) => factor;

        [LyraMember]
        public virtual int Grow(int by = 1) => by;

        [LyraMember]
        public override string ToString() => "base";
    }

    [LyraType]
    public partial class Derived : Base
    {
        /// <summary>The mark of what it overrides is enough.</summary>
        public override int Width => 2;

        [LyraMember]
        public override int Height => 3;

        public override int Scale(int factor) => 2 * factor;

        [LyraMember]
        public override int Grow(int by = 1) => 2 * by;

        public override string ToString() => "derived";
    }

    [LyraType]
    public partial class Access
    {
        [LyraConstructor]
        public Access(int first, int second = 2) => Written = first + second;

        [LyraConstructor]
        internal Access(string text) => Written = text.Length;

        public Access()
        {
        }

        [LyraMember]
        public int Written { internal get; set; }

        [LyraMember]
        public int Read { get; private set; }

        [LyraMember]
        public int Once { get; init; }

        [LyraMember]
        internal int Inside { get; set; }

        [LyraMember]
        internal int InsideField;

        [LyraMember]
        public readonly int Fixed = 1;

        [LyraMember]
        public const int Most = 9;

        [LyraMember]
        public static int Shared { get; set; }

        [LyraMember]
        public static readonly string Name = "access";

        [LyraMember]
        public event EventHandler<int>? Raised;

        [LyraMember]
        internal void Raise(int n) => Raised?.Invoke(this, n);

        [LyraMember]
        public static int Twice(int n) => 2 * n;

        [LyraMember]
        public async Task<int> WaitAsync(int n, CancellationToken token = default)
        {
            await Task.Delay(n, token);
            return n;
        }
    }

    [LyraType]
    public readonly partial record struct Pair(int A, int B)
    {
        [LyraMember]
        public int Sum => A + B;

        [LyraMember]
        public int Times(int n) => n * Sum;

        [LyraOperator]
        public static Pair operator +(Pair a, Pair b) => new(a.A + b.A, a.B + b.B);
    }

    [LyraType]
    public partial interface IShape
    {
        [LyraMember]
        double Area { get; }

        [LyraMember]
        string Describe(string prefix = "a ");
    }
}
