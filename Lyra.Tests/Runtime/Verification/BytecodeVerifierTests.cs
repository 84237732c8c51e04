using System.Collections.Generic;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Runtime.Verification;
using Lyra.Testing;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Verification;

public class BytecodeVerifierTests
{
    private const string ProcHead = "variable m0 proc f\nvariable m1 var g";
    private const string Prologue = "NewClosure r0, p0\nSetModule r0, m0\n";

    [Fact]
    public void The_sample_that_uses_everything_is_accepted() => BytecodeVerifier.Faults(SampleModules.ParseEverything()).ShouldBeEmpty();

    [Theory]
    [InlineData("", "Move r0, r1\nReturnNil", "r1 is read, but not written")]
    [InlineData("", "Nop", "control runs off the end of the code")]
    [InlineData("", "LoadInt r8, 1\nReturnNil", "a register is outside the 8")]
    [InlineData("", "LoadConst r0, k0\nReturnNil", "k0 does not exist")]
    [InlineData("constant k0 1", "LoadConst r0, k-1\nReturnNil", "k-1 does not exist")]
    [InlineData("", "Jump L9\nReturnNil", "the jump leads outside the code")]
    [InlineData("", "Jump L-1\nReturnNil", "the jump leads outside the code")]
    [InlineData("constant k0 \"s\"", "LoadInt r0, 1\nAddConst r0, r0, k0\nReturnNil", "the constant is not a number")]
    [InlineData("constant k0 1", "Import r0, k0\nReturnNil", "the constant is not a str")]
    [InlineData("", "LoadBool r0, 2\nReturnNil", "a bool is 0 or 1")]
    [InlineData("", "LoadNil r0\nConcat r0, r0, 0\nReturnNil", "there is nothing to join")]
    [InlineData("loop l0 body L0 cost 1", "Nop\nLoopHead l0\nReturnNil", "it is the head of another loop")]
    [InlineData("loop l0 body L1 cost 1", "Nop\nLoopHead l0\nReturnNil", null)]
    [InlineData("", "LoadNil r0\nYield r0\nReturnNil", "yield is only allowed in generators")]
    [InlineData("type t0 int", "NewTyped r0, t0\nReturnNil", "the type is not a list")]
    [InlineData("", "GetBuiltin r0, n0\nReturnNil", "n0 does not exist")]
    [InlineData("", "GetExternal r0, x0\nReturnNil", "x0 does not exist")]
    [InlineData("", "GetModule r0, m0\nReturnNil", "m0 does not exist")]
    [InlineData("", "LoadNil r0\nGetField r0, r0, s0\nReturnNil", "s0 does not exist")]
    [InlineData("", "GetCapture r0, v0\nReturnNil", "v0 does not exist")]
    [InlineData("", "NewClosure r0, p0\nReturnNil", "p0 does not exist")]
    [InlineData("", "LoadNil r0\nSwitch r0, z0", "z0 does not exist")]
    [InlineData("", "NewStructType r0, y0\nReturnNil", "y0 does not exist")]
    [InlineData("", "LoadNil r0\nCallEx r0, d0, 0\nReturnNil", "d0 does not exist")]
    [InlineData("call d0 names a, b", "LoadNil r0\nLoadNil r1\nCallEx r0, d0, 1\nReturnNil", "does not match the number of arguments")]
    [InlineData("call d0 spread", "LoadNil r0\nLoadNil r1\nCallEx r0, d0, 1\nReturnNil", "r1 does not hold the list that is spread")]
    [InlineData("", "LoadNil r5\nCall r5, 3\nReturnNil", "a register is outside")]
    [InlineData("", "LoadNil r0\nLoadNil r1\nLoadNil r2\nCall r0, 1\nReturn r2", "r2 is read, but not written")]
    [InlineData("", "LoadNil r0\nCall r0, 0\nReturn r0", null)]
    [InlineData("", "LoadNil r0\nJumpIf r0, L3\nLoadNil r1\nReturn r1", "r1 is read, but not written")]
    [InlineData("", "LoadUnset r0\nReturn r0", "may hold the unset marker")]
    [InlineData("", "LoadUnset r0\nJumpIfSet r0, L3\nLoadNil r0\nReturn r0", null)]
    [InlineData("", "LoadUnset r0\nMove r1, r0\nReturn r1", "may hold the unset marker")]
    [InlineData("", "NewUnsetUpvalue r0\nReturn r0", "an upvalue, which is not a value")]
    [InlineData("", "NewUnsetUpvalue r0\nLoadUpvalue r1, r0\nReturn r1", null)]
    [InlineData("", "LoadNil r0\nLoadUpvalue r1, r0\nReturn r1", "r0 does not hold an upvalue")]
    [InlineData("", "NewUnsetUpvalue r0\nStoreUpvalue r0, r0\nReturnNil", "an upvalue, which is not a value")]
    [InlineData("", "LoadNil r1\nNewUnsetUpvalue r0\nJumpIf r1, L4\nLoadNil r0\nLoadUpvalue r1, r0\nReturnNil", "does not hold an upvalue")]
    [InlineData("", "LoadInt r0, 1\nLoadInt r1, 2\nForPrep r0, L3\nReturn r2", "r2 is read, but not written")]
    [InlineData("", "LoadInt r0, 1\nLoadInt r1, 2\nForPrep r0, L4\nReturn r2\nReturnNil", null)]
    [InlineData("loop l0 body L2 cost 1", "LoadInt r0, 1\nLoadInt r1, 2\nNop\nForLoop r0, l0, L2\nReturnNil",
        "does not hold the state of the loop")]
    [InlineData("loop l0 body L3 cost 1", "LoadInt r0, 1\nLoadInt r1, 2\nForPrep r0, L5\nLoadInt r1, 9\nForLoop r0, l0, L3\nReturnNil",
        "r1 does not hold the state")]
    [InlineData("loop l0 body L1 cost 1", "LoadNil r0\nForEach r0, l0, L1\nReturnNil", "r0 does not hold the state")]
    [InlineData("", "LoadInt r0, 1\nLoadInt r1, 2\nForPrep r0, L3\nReturn r1", "r1 holds the state of a loop, which is not a value")]
    [InlineData("", "LoadInt r0, 1\nLoadInt r1, 2\nForPrep r0, L3\nMove r3, r0\nReturnNil", "r0 holds the state of a loop")]
    [InlineData("loop l0 body L3 cost 1", "LoadNil r0\nIterPrep r1, r0, 0\nJump L3\nForEach r1, l0, L3\nReturn r3",
        "r3 holds the state of a loop")]
    [InlineData("", "LoadNil r0\nLoadInt r1, 1\nJumpIf r0, L4\nIterPrep r0, r0, 0\nReturn r1", "r1 is read, but not written on every path")]
    [InlineData("", "LoadNil r0\nIterPrep r6, r0, 0\nReturnNil", "a register is outside")]
    [InlineData("", "LoadNil r0\nCloseIter r0\nReturnNil", "r0 does not hold the state")]
    [InlineData("loop l0 body L2 cost 1", "LoadNil r0\nIterPrep r1, r0, 0\nForEach r1, l0, L1\nReturnNil", "not lead to the body")]
    [InlineData("loop l0 body L0 cost 0", "ReturnNil", "the cost of loop l0 must be at least 1")]
    [InlineData("loop l0 body L7 cost 1", "ReturnNil", "the body of loop l0 is outside")]
    [InlineData("", "Nop\nJump L0", "charges nothing")]
    [InlineData("loop l0 body L0 cost 1", "LoopHead l0\nJump L0", null)]
    [InlineData("", "Charge 1\nJump L0", null)]
    [InlineData("", "Charge 0\nReturnNil", "it charges nothing")]
    [InlineData("", "Charge -1\nReturnNil", "it charges nothing")]
    [InlineData("switch z0 default L1\ncase 1 L0\ncase 2 L2", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", "charges nothing")]
    [InlineData("switch z0 default L2\ncase 1 L2\ncase 1 L2", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", "a key that is repeated")]
    [InlineData("switch z0 default L2\ncase 1.5 L2", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", null)]
    [InlineData("switch z0 default L2\ncase 1.0 L2", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", "not an int, fraction or str")]
    [InlineData("switch z0 default L2\ncase 1.5 L2\ncase 1.5 L2", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", "a key that is repeated")]
    [InlineData("switch z0 default L2\ncase 1 L9", "LoadInt r0, 1\nSwitch r0, z0\nReturnNil", "a target outside the code")]
    [InlineData("handler catch from L0 to L2 at L1 register r0", "Nop\nNop\nReturnNil", "not entered after its range")]
    [InlineData("handler catch from L0 to L9 at L9 register r0", "Nop\nNop\nReturnNil", "not inside the code")]
    [InlineData("handler finally from L0 to L1 at L2 register r7", "Nop\nNop\nReturnNil", "outside the frame")]
    [InlineData("handler closeiterator from L0 to L1 at L2 register r6", "Nop\nNop\nReturnNil", "outside the frame")]
    [InlineData("handler catch from L0 to L2 at L3 register r0\nhandler catch from L1 to L3 at L3 register r0", "Nop\nNop\nNop\nReturnNil",
        "not properly nested")]
    [InlineData("handler catch from L0 to L3 at L3 register r0\nhandler catch from L1 to L2 at L3 register r0", "Nop\nNop\nNop\nReturnNil",
        "not properly nested")]
    [InlineData("handler closeiterator from L0 to L1 at L1 register r0", "Nop\nReturnNil", "r0 does not hold the state")]
    [InlineData("handler catchbody from L0 to L1 at L1 register r0", "Nop\nReturnNil", "r0 is read, but not written")]
    [InlineData("handler finallybody from L0 to L1 at L1 register r0", "Nop\nReturnNil", "r0 is read, but not written")]
    [InlineData("handler finally from L0 to L2 at L2 register r0\nloop l0 body L0 cost 1", "LoopHead l0\nJump L0\nJump L0",
        "charges nothing")]
    [InlineData("handler catch from L0 to L1 at L2 register r0", "NewList r1, r0, 0\nReturnNil\nReturn r0", null)]
    [InlineData("handler catch from L0 to L1 at L2 register r0", "NewList r1, r0, 0\nReturnNil\nReturn r1", "r1 is read, but not written")]
    [InlineData("handler finally from L0 to L1 at L2 register r0", "NewList r1, r0, 0\nReturnNil\nEndFinally r0\nReturnNil", null)]
    [InlineData("type t0 list(int, int)", "ReturnNil", "slot type t0 is not well formed")]
    [InlineData("type t0 struct P m0", "ReturnNil", "slot type t0 is not well formed")]
    [InlineData("struct y0 P constructor p0", "ReturnNil", "struct y0 has no matching constructor")]
    [InlineData("parameter p", "ReturnNil", "the top level has parameters")]
    [InlineData("capture v0 c from r0", "ReturnNil", "the top level has captures")]
    [InlineData("cost 0", "ReturnNil", "the cost of entry must be at least 1")]
    [InlineData("registers 65536", "ReturnNil", "65536 registers are out of range")]
    public void Main_prototypes(string rows, string code, string? fault) => ShouldGive(SampleModules.WithMain(rows, code), fault);

    [Theory]
    [InlineData("ReturnNil", "the prologue does not set the proc in module variable m0")]
    [InlineData("NewClosure r0, p0\nSetModule r0, m0\nReturnNil", null)]
    [InlineData("NewClosure r0, p0\nSetModule r0, m0\nSetModule r0, m0\nReturnNil", "is set twice")]
    [InlineData("NewClosure r1, p0\nSetModule r0, m0\nReturnNil", "is set to something else")]
    [InlineData("LoadNil r0\nSetModule r0, m0\nReturnNil", "does not set")]
    [InlineData(Prologue + "LoadNil r0\nSetModule r0, m0\nReturnNil", "only the prologue may set")]
    [InlineData(Prologue + "LoadNil r0\nJumpIf r0, L1\nReturnNil", "jumps into the prologue")]
    [InlineData(Prologue + "CallProc r0, m0, 0\nReturnNil", "not hold a proc with this number of parameters")]
    [InlineData(Prologue + "CallProc r0, m1, 2\nReturnNil", "not hold a proc with this number of parameters")]
    [InlineData(Prologue + "LoadNil r1\nLoadUnset r2\nCallProc r0, m0, 2\nReturnNil", null)]
    [InlineData(Prologue + "LoadUnset r1\nLoadUnset r2\nCallProc r0, m0, 2\nReturnNil", "r1 may hold the unset marker")]
    [InlineData(Prologue + "NewStruct r0, m0, 0\nReturnNil", "not hold a struct with this number of fields")]
    public void Declared_procs(string code, string? fault) => ShouldGive(
        Assembler.Parse($"module m\n{ProcHead}\nproc 0 <module> module\nregisters 8\ncost 1\ncode\n{code}\n"
            + "proc 1 f normal in 0\nregisters 2\ncost 1\nparameter a\nparameter b default\ncode\nReturnNil"),
        fault);

    [Theory]
    [InlineData("variable m0 alias A\nalias m0 union(int, list(struct A m0))?", "ReturnNil", null)]
    [InlineData("variable m0 alias A", "ReturnNil", "module variable m0 has no type")]
    [InlineData("variable m0 var A\nalias m0 int", "ReturnNil", "m0 is no variable that holds one named type")]
    [InlineData("variable m0 alias A\nalias m0 int\nalias m0 str", "ReturnNil", "m0 is no variable that holds one named type")]
    [InlineData("variable m0 alias A\nalias m1 int", "ReturnNil", "m1 is no variable that holds one named type")]
    [InlineData("variable m0 alias A\nalias m0 struct B m7", "ReturnNil", "the type of module variable m0 is not well formed")]
    [InlineData("variable m0 alias A\nalias m0 int", "SetModule r0, m0\nReturnNil", "is set to something else")]
    [InlineData("variable m0 alias A\nalias m0 int", "LoadNil r0\nMove r1, r0\nSetModule r0, m0\nReturnNil", "only the prologue may set")]
    public void Names_of_types(string head, string code, string? fault) => ShouldGive(
        Assembler.Parse($"module m\n{head}\nproc 0 <module> module\nregisters 8\ncost 1\ncode\n{code}\n"), fault);

    /// <summary>m0 is the enum, m1 the struct of the cases without fields and m2 that of the case with one.</summary>
    [Theory]
    [InlineData("case A value m3\ncase B", "enum m0", "enum m0 case 1", null)]
    [InlineData("case A value m3", "enum m0", "enum m0 case 0", "a struct of the enum in m0 has no case of its own")]
    [InlineData("case A value m3\ncase B", "enum m0", "enum m0", "a struct of the enum in m0 has no case of its own")]
    [InlineData("case A value m3\ncase B", "enum m0 case 0", "enum m0 case 1", "a struct of the enum in m0 has no case of its own")]
    [InlineData("case A value m3\ncase B\ncase C", "enum m0", "enum m0 case 1", "case 2 of the enum in m0 has no struct")]
    [InlineData("case A value m3\ncase B", "", "enum m0 case 1", "case 0 of the enum in m0 has no struct")]
    [InlineData("case A value m3\ncase B", "enum m0", "enum m0 case 7", "a struct of the enum in m0 has no case of its own")]
    [InlineData("case A value m3\ncase B", "enum m0", "enum m3 case 1", "case 1 of the enum in m0 has no struct")]
    [InlineData("case A value m1\ncase B", "enum m0", "enum m0 case 1", "m1 is no variable that holds one case of an enum")]
    [InlineData("case A value m3\ncase C value m3\ncase B", "enum m0", "enum m0 case 2", "m3 is no variable that holds one case")]
    [InlineData("", "", "", "m0 is no variable that holds one enum with cases")]
    [InlineData("case B", "", "enum m0 case 0", "module variable m3 has no enum")]
    [InlineData("case A value m3\ncase B\nenum m0\ncase A", "enum m0", "enum m0 case 1", "m0 is no variable that holds one enum")]
    public void Enums(string cases, string plain, string single, string? fault) => ShouldGive(
        Assembler.Parse($$"""
            module m
            variable m0 enum E
            variable m1 innerstruct E
            variable m2 innerstruct E
            variable m3 case A
            enum m0
            {{cases}}
            proc 0 <module> module
            registers 8
            cost 1
            struct y0 E constructor p0 {{plain}}
            field ordinal
            field name
            struct y1 E constructor p1 {{single}}
            field x
            code
            NewStructType r0, y0
            SetModule r0, m1
            NewStructType r0, y1
            SetModule r0, m2
            ReturnNil
            proc 1 E constructor in 0
            registers 3
            cost 1
            parameter ordinal
            parameter name
            code
            MakeStruct r2, m1, 2
            Return r2
            proc 2 E.B constructor in 0
            registers 3
            cost 1
            parameter x
            code
            MakeStruct r2, m2, 1
            Return r2
            """),
        fault);

    [Theory]
    [InlineData("used", "use m0", null)]
    [InlineData("", "use m0", "uses a struct that does not tell so")]
    [InlineData("used", "use m2", "uses a struct that does not tell so")]
    [InlineData("used", "use m9", "uses a struct that does not tell so")]
    [InlineData("used\nadopts -1", "use m0", "can't take over")]
    public void Structs_that_use_others(string first, string second, string? fault) => ShouldGive(
        Assembler.Parse($$"""
            module m
            variable m0 struct A
            variable m1 struct B
            variable m2 var c
            proc 0 <module> module
            registers 8
            cost 1
            struct y0 A constructor p0
            {{first}}
            struct y1 B constructor p1
            {{second}}
            code
            NewStructType r0, y0
            SetModule r0, m0
            NewStructType r0, y1
            SetModule r0, m1
            ReturnNil
            proc 1 A constructor in 0
            registers 1
            cost 1
            code
            MakeStruct r0, m0, 0
            Return r0
            proc 2 B constructor in 0
            registers 1
            cost 1
            code
            MakeStruct r0, m1, 0
            Return r0
            """),
        fault);

    [Theory]
    [InlineData("input", 1, null)]
    [InlineData("print", 1, "r1 may hold the unset marker")]
    [InlineData("length", 1, "r1 may hold the unset marker")]
    [InlineData("no.such", 1, "r1 may hold the unset marker")]
    public void Builtins_take_the_unset_marker_for_optional_parameters_alone(string name, int count, string? fault) =>
        ShouldGive(SampleModules.WithMain("", $"LoadUnset r1\nCallBuiltin r0, n0, {count}\nReturnNil", $"builtin n0 {name}"), fault);

    [Theory]
    [InlineData("let", "LoadNil r0\nSetModule r0, m0\nReturnNil", null)]
    [InlineData("let", "LoadNil r0\nSetModule r0, m0\nSetModule r0, m0\nReturnNil", "a variable that may be set only once is set again")]
    [InlineData("const", "LoadNil r0\nLoopHead l0\nSetModule r0, m0\nJumpIf r0, L1\nReturnNil",
        "a variable that may be set only once is set again")]
    [InlineData("import", "LoadNil r0\nLoopHead l0\nJumpIf r0, L1\nSetModule r0, m0\nReturnNil", null)]
    [InlineData("var", "LoadNil r0\nLoopHead l0\nSetModule r0, m0\nJumpIf r0, L1\nReturnNil", null)]
    public void Immutable_variables_are_set_once(string kind, string code, string? fault) =>
        ShouldGive(SampleModules.WithMain("loop l0 body L1 cost 1", code, $"variable m0 {kind} v"), fault);

    [Fact]
    public void Nothing_may_guard_the_prologue() => ShouldGive(
        Assembler.Parse(
            $"module m\n{ProcHead}\nproc 0 <module> module\nregisters 8\ncost 1\nhandler catch from L0 to L2 at L3 register r0\ncode\n"
            + Prologue + "ReturnNil\nReturnNil\nproc 1 f normal in 0\nregisters 2\ncost 1\ncode\nReturnNil"),
        "a handler guards the prologue");

    [Theory]
    [InlineData("LoadNil r0", "GetCapture r0, v0", null)]
    [InlineData("NewUnsetUpvalue r0", "GetUpvalue r0, v0", null)]
    [InlineData("NewUnsetUpvalue r0", "GetCapture r0, v0", "an upvalue")]
    [InlineData("LoadNil r0", "GetUpvalue r0, v0", "r0 does not hold an upvalue")]
    [InlineData("NewUnsetUpvalue r0", "GetUpvalue r0, v0\nGetCapture r0, v0", "used as a value and as a variable")]
    [InlineData("Nop", "GetCapture r0, v0", "r0 is read, but not written")]
    [InlineData("Nop", "Nop", "r0 is read, but not written")]
    [InlineData("LoadNil r0", "LoadNil r0\nAwait r0, r0", "await is only allowed in async procs")]
    [InlineData("LoadNil r0", "LoadNil r0\nMakeStruct r0, m0, 0", "only allowed in constructors")]
    public void Captures(string main, string inner, string? fault) => ShouldGive(
        Assembler.Parse(
            $"module m\nvariable m0 var v\nproc 0 <module> module\nregisters 8\ncost 1\ncode\n{main}\nNewClosure r1, p0\nReturnNil\n"
            + $"proc 1 f normal in 0\nregisters 2\ncost 1\ncapture v0 c from r0\ncode\n{inner}\nReturnNil"),
        fault);

    [Theory]
    [InlineData("CheckSlot r0, t0\nMakeStruct r2, m0, 2\nReturn r2", null)]
    [InlineData("MakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("TestType r0, r0, t0\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("CheckSlot r1, t0\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("CheckSlot r0, t1\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("CheckSlot r0, t2\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("CheckSlot r0, t0\nLoadNil r0\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("CheckSlot r0, t0\nLoadNil r1\nMakeStruct r2, m0, 2\nReturn r2", null)]
    [InlineData("JumpIf r1, L2\nCheckSlot r0, t0\nMakeStruct r2, m0, 2\nReturn r2", "r0 is not checked as field x")]
    [InlineData("JumpIf r1, L1\nCheckSlot r0, t0\nMakeStruct r2, m0, 2\nReturn r2", null)]
    [InlineData("CheckSlot r0, t0\nJumpIf r1, L2\nMakeStruct r2, m0, 2\nReturn r2", null)]
    [InlineData("Jump L3\nMakeStruct r2, m0, 2\nReturn r2\nCheckSlot r0, t0\nJump L1", "r0 is not checked as field x")]
    [InlineData("CheckSlot r0, t0\nLoadNil r2\nLoadNil r3\nForPrep r2, L5\nReturnNil\nMakeStruct r2, m0, 2\nReturn r2", null)]
    public void Fields_are_checked_before_an_instance_is_made(string code, string? fault) => ShouldGive(WithConstructor(code), fault);

    [Theory]
    [InlineData("switch z0 default L1\ncase 1 L2", "Switch r1, z0\nCheckSlot r0, t0\nMakeStruct r2, m0, 2\nReturn r2")]
    [InlineData("handler catch from L0 to L1 at L1 register r2", "CheckSlot r0, t0\nMakeStruct r2, m0, 2\nReturn r2")]
    [InlineData("handler catch from L1 to L2 at L2 register r0", "CheckSlot r0, t0\nThrow r1\nMakeStruct r2, m0, 2\nReturn r2")]
    public void A_switch_or_a_handler_may_lead_around_the_check_of_a_field(string rows, string code) =>
        ShouldGive(WithConstructor(code, rows), "r0 is not checked as field x");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Constructors_whose_defaults_share_fields_with_closures_are_accepted(int level) => ShouldGive(
        TestCompiler.Compile("""
            struct S {
                x: float = 1
                setter = (v) => { x = v }
                y: i32 = [x, 3][1]
                z: [S]? = nil
            }
            print(S().x)
            """, level),
        null);

    private static CompiledModule WithConstructor(string code, string rows = "") => Assembler.Parse($"""
        module m
        variable m0 struct P
        proc 0 <module> module
        registers 2
        cost 1
        type t0 float for "field x of P"
        struct y0 P constructor p0
        field x type t0
        field y
        code
        NewStructType r0, y0
        SetModule r0, m0
        ReturnNil
        proc 1 P constructor in 0
        registers 5
        cost 1
        parameter x
        parameter y
        type t0 float for "parameter x"
        type t1 int for "parameter x"
        type t2 float? for "parameter x"
        {rows}
        code
        {code}
        """);

    [Fact]
    public void Captures_are_followed_through_the_procs_between()
    {
        CompiledModule module = Assembler.Parse("""
            module m
            proc 0 <module> module
            registers 2
            cost 1
            code
            LoadNil r0
            NewClosure r1, p0
            ReturnNil
            proc 1 middle normal in 0
            registers 2
            cost 1
            capture v0 c from r0
            code
            NewClosure r1, p0
            ReturnNil
            proc 2 inner normal in 1
            registers 2
            cost 1
            capture v0 c from v0
            code
            SetUpvalue r0, v0
            ReturnNil
            """);
        ShouldGive(module, "r0 does not hold an upvalue");
    }

    [Fact]
    public void A_handler_sees_the_registers_of_any_instruction_of_its_range() => ShouldGive(
        SampleModules.WithMain(
            "handler catch from L1 to L3 at L4 register r3",
            "NewUnsetUpvalue r0\nLoadNil r0\nNewList r2, r2, 0\nReturnNil\nLoadUpvalue r1, r0\nReturnNil"),
        "r0 does not hold an upvalue");

    [Fact]
    public void A_budget_spent_by_a_back_edge_counts_as_an_error_before_the_body() => ShouldGive(
        SampleModules.WithMain(
            "loop l0 body L4 cost 1\nhandler finally from L3 to L4 at L7 register r6",
            """
            LoadInt r0, 1
            LoadInt r1, 5
            NewUnsetUpvalue r5
            ForPrep r0, L6
            LoadNil r5
            ForLoop r0, l0, L4
            ReturnNil
            LoadUpvalue r3, r5
            ReturnNil
            """),
        "r5 does not hold an upvalue");

    [Fact]
    public void An_error_handled_by_a_finally_does_not_reach_the_enclosing_catch() => ShouldGive(
        SampleModules.WithMain(
            "handler finally from L1 to L2 at L3 register r4\nhandler catch from L1 to L5 at L6 register r6",
            "LoadNil r0\nNewUnsetUpvalue r0\nReturnNil\nLoadNil r0\nEndFinally r4\nReturnNil\nReturn r0"),
        null);

    [Fact]
    public void A_cycle_through_a_handler_is_a_cycle() => ShouldGive(
        SampleModules.WithMain("handler catch from L0 to L2 at L2 register r1", "LoadNil r0\nThrow r0\nJump L0"),
        "charges nothing");

    [Fact]
    public void A_proc_with_two_parents_is_refused()
    {
        CompiledModule sample = SampleModules.ParseEverything();
        Prototype child = sample.Main.Children[0].Children[0];
        CompiledModule module = With(sample, Copy(sample.Main, children: [.. sample.Main.Children, child]));
        ShouldGive(module, "two parents");
    }

    [Fact]
    public void Constants_are_of_the_kinds_of_literals()
    {
        CompiledModule sample = SampleModules.WithMain("", "ReturnNil");
        ShouldGive(With(sample, Copy(sample.Main, constants: [Value.FromObject(TupleObject.Of([Value.FromInt(1), Value.FromText("a")]))])),
            null);
        ShouldGive(With(sample, Copy(sample.Main, constants: [Value.Unset])), "constant k0");
        ShouldGive(With(sample, Copy(sample.Main, constants: [new Value(new BigInt(5), 0)])), "constant k0");
        ShouldGive(With(sample, Copy(sample.Main, constants: [new Value(null, 5)])), "constant k0");
        ShouldGive(With(sample, Copy(sample.Main, constants: [Value.FromObject(new Upvalue())])), "constant k0");
    }

    [Fact]
    public void Every_fault_has_its_place()
    {
        List<string> faults = BytecodeVerifier.Faults(SampleModules.WithMain("", "LoadConst r0, k0\nGetBuiltin r0, n0\nReturnNil"));
        faults.ShouldBe(["proc 0 <module>: instruction 0 (LoadConst): k0 does not exist",
            "proc 0 <module>: instruction 1 (GetBuiltin): n0 does not exist"]);
    }

    [Fact]
    public void Code_made_to_be_slow_to_verify_is_refused()
    {
        StringBuilder code = new();
        for (int i = 0; i < 20_000; i++)
        {
            code.Append("JumpIf r0, L").Append((2 * i) + 3).Append("\nLoadNil r").Append(i).Append('\n');
        }

        CompiledModule module = Assembler.Parse(
            $"module m\nproc 0 <module> module\nregisters 65535\ncost 1\ncode\nLoadNil r0\n{code}ReturnNil");
        ShouldGive(module, "too large to be verified");
    }

    [Fact]
    public void A_handler_of_an_unknown_kind_is_refused_before_its_registers_are_counted()
    {
        CompiledModule module = SampleModules.ParseEverything();
        HandlerInfo unknown = new((HandlerKind)200, 0, 1, 1, 0);
        ShouldGive(With(module, Copy(module.Main, handlers: [unknown])), "handler 0 is of an unknown kind");
    }

    private static void ShouldGive(CompiledModule module, string? fault)
    {
        string? found = BytecodeVerifier.Verify(module);
        if (fault is null)
        {
            found.ShouldBeNull();
            return;
        }

        found.ShouldNotBeNull().ShouldContain(fault);
    }

    private static CompiledModule With(CompiledModule module, Prototype main) => new()
    {
        Source = module.Source,
        Main = main,
        Aliases = module.Aliases,
        Enums = module.Enums,
        Variables = module.Variables,
        Externals = module.Externals,
        Builtins = module.Builtins,
    };

    private static Prototype Copy(
        Prototype original, Prototype[]? children = null, Value[]? constants = null, HandlerInfo[]? handlers = null) => new()
        {
            Name = original.Name,
            Kind = original.Kind,
            Source = original.Source,
            Code = original.Code,
            Positions = original.Positions,
            Constants = constants ?? original.Constants,
            Children = children ?? original.Children,
            Parameters = original.Parameters,
            Captures = original.Captures,
            RegisterCount = original.RegisterCount,
            Loops = original.Loops,
            Handlers = handlers ?? original.Handlers,
            Sites = original.Sites,
            SlotTypes = original.SlotTypes,
            CallDescriptors = original.CallDescriptors,
            SwitchTables = original.SwitchTables,
            Structs = original.Structs,
            EntryCost = original.EntryCost,
        };
}
