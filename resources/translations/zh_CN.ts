<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Answer</name>
    <message>
        <source>Copy the value</source>
        <translation>复制这个值</translation>
    </message>
</context>
<context>
    <name>AttributeRows</name>
    <message>
        <source>Copy {code}</source>
        <translation>复制 {code}</translation>
    </message>
</context>
<context>
    <name>Autograd</name>
    <message>
        <source>A backward has used up what was saved here; another one will be refused.</source>
        <translation>一次 backward 已用掉了这里保存的内容；再做一次会被拒绝。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>gradient of</source>
        <translation>…的梯度</translation>
    </message>
    <message>
        <source>A leaf is no result of anything recorded; gradients end there, in its .grad.</source>
        <translation>叶张量 (leaf) 不是任何被记录的运算的结果；梯度到它为止，存放在它的 .grad 中。</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>叶张量 (leaf)</translation>
    </message>
    <message>
        <source>How often its memory has been written to in place, as torch counts.</source>
        <translation>它的内存被原地写入的次数，由 torch 计数。</translation>
    </message>
    <message>
        <source>torch does not tell</source>
        <translation>torch 不肯说</translation>
    </message>
    <message>
        <source>chain</source>
        <translation>计算链</translation>
    </message>
    <message>
        <source>the sum of {count} backwards</source>
        <translation>{count} 次 backward 之和</translation>
    </message>
    <message>
        <source>of one backward</source>
        <translation>一次 backward 的梯度</translation>
    </message>
    <message>
        <source>Backward goes through {names}.</source>
        <translation>backward 依次经过 {names}。</translation>
    </message>
    <message>
        <source>Backward from here will be refused: {names} was overwritten. {why}</source>
        <translation>从这里做 backward 会被拒绝：{names} 已被覆盖。{why}</translation>
    </message>
    <message>
        <source>Backward from here will be refused: {name} was a leaf and has been overwritten.</source>
        <translation>从这里做 backward 会被拒绝：{name} 曾是叶张量 (leaf)，后来被覆盖了。</translation>
    </message>
</context>
<context>
    <name>AutogradCard</name>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Let autograd record what is made of this tensor, so that gradients can be had</source>
        <translation>让 autograd 记录由这个张量得到的一切，以便求梯度</translation>
    </message>
    <message>
        <source>Gradient to begin with</source>
        <translation>起始梯度</translation>
    </message>
    <message>
        <source>Keep what was saved, so that another backward can follow</source>
        <translation>保留已保存的内容，以便再做一次 backward</translation>
    </message>
    <message>
        <source>{code}: the next backward begins a new sum</source>
        <translation>{code}：下一次 backward 重新累加</translation>
    </message>
    <message>
        <source>{name} has shape {shape}: backward begins with a gradient of that shape.</source>
        <translation>{name} 的形状是 {shape}：backward 要从同样形状的梯度开始。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{code}: gradients for all leaves, beside them on the shelf</source>
        <translation>{code}：求出所有叶张量 (leaf) 的梯度，放在张量架上它们的旁边</translation>
    </message>
</context>
<context>
    <name>AxesEditor</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All axes: {name} is left out</source>
        <translation>所有轴：省略 {name}</translation>
    </message>
    <message>
        <source>Space chooses this axis alone, + adds it to the chosen ones</source>
        <translation>空格只选这个轴，+ 把它加到已选的轴里</translation>
    </message>
    <message>
        <source>Space chooses this axis alone, - takes it away</source>
        <translation>空格只选这个轴，- 把它去掉</translation>
    </message>
    <message>
        <source>Axis {number} of length {size}; from the end: {negative}. + adds it to the chosen ones.</source>
        <translation>轴 {number}，长度 {size}；从末尾数：{negative}。按 + 把它加到已选的轴里。</translation>
    </message>
    <message>
        <source>A new axis at place {number}; from the end: {negative}</source>
        <translation>在位置 {number} 插入新轴；从末尾数：{negative}</translation>
    </message>
    <message>
        <source>Axis {number} of length {size}; from the end: {negative}</source>
        <translation>轴 {number}，长度 {size}；从末尾数：{negative}</translation>
    </message>
    <message>
        <source>{name}: axis {number}, length {size}</source>
        <translation>{name}：轴 {number}，长度 {size}</translation>
    </message>
</context>
<context>
    <name>AxisControl</name>
    <message>
        <source>Show as &amp;rows</source>
        <translation>显示为行(&amp;R)</translation>
    </message>
    <message>
        <source>Show as &amp;columns</source>
        <translation>显示为列(&amp;C)</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>axis {axis}, size {size}, shown as {role}</source>
        <translation>轴 {axis}，长度 {size}，显示为{role}</translation>
    </message>
    <message>
        <source>Axis {axis} (or {negative}): {size}. Click to show it as rows or columns.</source>
        <translation>轴 {axis}（或 {negative}）：{size}。单击可将它显示为行或列。</translation>
    </message>
    <message>
        <source>{role}, {count} of them from</source>
        <translation>{role}，显示 {count} 个，起始于</translation>
    </message>
    <message>
        <source>first index of axis {axis}</source>
        <translation>轴 {axis} 的起始索引</translation>
    </message>
    <message>
        <source>page along axis {axis}</source>
        <translation>沿轴 {axis} 的页</translation>
    </message>
</context>
<context>
    <name>AxisWords</name>
    <message>
        <source>axis {number}: {size}</source>
        <translation>轴 {number}：{size}</translation>
    </message>
    <message>
        <source>axis {number} at {size}</source>
        <translation>轴 {number} 取 {size}</translation>
    </message>
    <message>
        <source>new axis {number}</source>
        <translation>新轴 {number}</translation>
    </message>
</context>
<context>
    <name>BitsCard</name>
    <message>
        <source>Bits of the focused cell</source>
        <translation>焦点单元格的二进制位</translation>
    </message>
    <message>
        <source>Click a cell on the stage to see its bits.</source>
        <translation>单击展示区中的一个单元格，查看它的二进制位。</translation>
    </message>
</context>
<context>
    <name>BitsStrip</name>
    <message>
        <source>Bits: {fields}</source>
        <translation>二进制位：{fields}</translation>
    </message>
</context>
<context>
    <name>BreakingLabel</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>shares: one memory, two names</source>
        <translation>共享：一块内存，两个名称</translation>
    </message>
    <message>
        <source>copies: a new tensor, and {name} stays</source>
        <translation>复制：得到新张量，{name} 不变</translation>
    </message>
    <message>
        <source>copies: a tensor over memory of its own</source>
        <translation>复制：得到有自己内存的张量</translation>
    </message>
    <message>
        <source>copies: a new array, and {name} stays</source>
        <translation>复制：得到新数组，{name} 不变</translation>
    </message>
    <message>
        <source>slices share the memory; lists and masks copy</source>
        <translation>切片共享内存；列表和掩码会复制</translation>
    </message>
    <message>
        <source>in place: all over these cells move too</source>
        <translation>原地：共享这些单元格的都跟着变</translation>
    </message>
</context>
<context>
    <name>BridgeCard</name>
    <message>
        <source>NumPy and Python</source>
        <translation>NumPy 与 Python</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>运算符</translation>
    </message>
    <message>
        <source>sign and value</source>
        <translation>运算符和值</translation>
    </message>
</context>
<context>
    <name>BridgeController</name>
    <message>
        <source>It is long: only the ends of every axis are listed, ... for the rest.</source>
        <translation>内容很长：每个轴只列出两端，其余用 ... 代替。</translation>
    </message>
</context>
<context>
    <name>CardDelegate</name>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>CellClipboard</name>
    <message>
        <source>{count} cells copied.</source>
        <translation>已复制 {count} 个单元格。</translation>
    </message>
    <message>
        <source>Reading what was pasted …</source>
        <translation>正在读取粘贴的内容…</translation>
    </message>
</context>
<context>
    <name>CellLine</name>
    <message>
        <source>index of the current cell; type another one to go there</source>
        <translation>当前单元格的索引；输入另一个索引即可跳转</translation>
    </message>
    <message>
        <source>Type an index and press Enter to go there (Ctrl+G)</source>
        <translation>输入索引并按回车键跳转（Ctrl+G）</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>shape ({sizes})</source>
        <translation>形状 ({sizes})</translation>
    </message>
</context>
<context>
    <name>CodeController</name>
    <message>
        <source>Save the program</source>
        <translation>保存程序</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>The program, line by line</source>
        <translation>程序，逐行显示</translation>
    </message>
    <message>
        <source>Double-click a line, or press Enter on it, to replay and change that step</source>
        <translation>双击一行，或在该行按回车键，可重放并修改那一步</translation>
    </message>
    <message>
        <source>Show the newest line alone</source>
        <translation>只显示最新一行</translation>
    </message>
    <message>
        <source>Show the program</source>
        <translation>显示整个程序</translation>
    </message>
    <message>
        <source>Copy the whole program; it runs in plain Python with torch</source>
        <translation>复制整个程序；有 torch 的普通 Python 即可运行</translation>
    </message>
</context>
<context>
    <name>ConvertStrip</name>
    <message>
        <source>&amp;Convert</source>
        <translation>转换(&amp;C)</translation>
    </message>
    <message>
        <source>{old} → {new}: counting the values that would change …</source>
        <translation>{old} → {new}：正在统计会改变的值…</translation>
    </message>
    <message>
        <source>{old} → {new}: {count} of {total} values would change. They are rounded, cut or wrapped.</source>
        <translation>{old} → {new}：{total} 个值中有 {count} 个会改变（被舍入、截断或回绕）。</translation>
    </message>
    <message>
        <source>{old} → {new}: all {total} values stay the same numbers.</source>
        <translation>{old} → {new}：全部 {total} 个值保持不变。</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Tensor Explorer: a fault inside</source>
        <translation>Tensor Explorer：内部故障</translation>
    </message>
    <message>
        <source>Something went wrong inside Tensor Explorer. Your tensors are unchanged and you can go on; undo still works. Nothing was sent anywhere. The report below helps to mend it.</source>
        <translation>Tensor Explorer 内部出了问题。您的张量没有改变，可以继续使用，撤销功能仍然有效。没有向任何地方发送数据。下面的报告有助于修复它。</translation>
    </message>
    <message>
        <source>It is also in {file}</source>
        <translation>报告也保存在 {file}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
</context>
<context>
    <name>DTypeController</name>
    <message>
        <source>Looking at all cells for what {dtype} would lose …</source>
        <translation>正在查看所有单元格，看 {dtype} 会丢失什么…</translation>
    </message>
    <message>
        <source>{dtype} holds all {count} values of {name} as they are.</source>
        <translation>{dtype} 能原样存放 {name} 的全部 {count} 个值。</translation>
    </message>
    <message>
        <source>{dtype} changes {lost} of {count}: {signs}</source>
        <translation>{dtype} 会改变 {count} 个值中的 {lost} 个：{signs}</translation>
    </message>
    <message>
        <source>Nobody has written this cell yet.</source>
        <translation>这个单元格还没有被写入过。</translation>
    </message>
    <message>
        <source>It has not been reached yet.</source>
        <translation>还没有演示到这里。</translation>
    </message>
    <message>
        <source>A Python number, not a cell of a tensor.</source>
        <translation>这是 Python 数，不是张量的单元格。</translation>
    </message>
    <message>
        <source>There are no bits to be read.</source>
        <translation>没有可读取的二进制位。</translation>
    </message>
</context>
<context>
    <name>DTypeDialog</name>
    <message>
        <source>Data types</source>
        <translation>数据类型 (dtype)</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表格(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Promotion</source>
        <translation>类型提升(&amp;P)</translation>
    </message>
    <message>
        <source>T&amp;ensor or tensor</source>
        <translation>Tensor 还是 tensor(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Bits</source>
        <translation>二进制位(&amp;B)</translation>
    </message>
</context>
<context>
    <name>DTypeModel</name>
    <message>
        <source>True or False</source>
        <translation>True 或 False</translation>
    </message>
    <message>
        <source>whole, no sign</source>
        <translation>无符号整数</translation>
    </message>
    <message>
        <source>whole, signed</source>
        <translation>有符号整数</translation>
    </message>
    <message>
        <source>float</source>
        <translation>浮点数</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>复数</translation>
    </message>
    <message>
        <source>a name only</source>
        <translation>只有名称</translation>
    </message>
    <message>
        <source>The name in torch</source>
        <translation>torch 中的名称</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>What it holds</source>
        <translation>它存放什么</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节数</translation>
    </message>
    <message>
        <source>Memory of one cell</source>
        <translation>一个单元格占用的内存</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>The lowest number; of complex ones, of each part</source>
        <translation>最小的数；复数则指实部和虚部各自的最小值</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>The largest number; of complex ones, of each part</source>
        <translation>最大的数；复数则指实部和虚部各自的最大值</translation>
    </message>
    <message>
        <source>step at 1</source>
        <translation>1 处的间隔</translation>
    </message>
    <message>
        <source>From 1 to the next larger number; half of it is lost</source>
        <translation>从 1 到下一个更大的数的距离；1 加上它的一半仍是 1</translation>
    </message>
    <message>
        <source>smallest normal</source>
        <translation>最小规格化数</translation>
    </message>
    <message>
        <source>The smallest positive number that has all bits of its mantissa</source>
        <translation>尾数各位都有效的最小正数</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>最小正数</translation>
    </message>
    <message>
        <source>The smallest positive number of all</source>
        <translation>所有数中最小的正数</translation>
    </message>
    <message>
        <source>CPU class</source>
        <translation>CPU 类</translation>
    </message>
    <message>
        <source>The class of old code that torch still has</source>
        <translation>旧代码使用的类，torch 仍然保留</translation>
    </message>
    <message>
        <source>GPU class</source>
        <translation>GPU 类</translation>
    </message>
    <message>
        <source>Whether this device makes and fills a tensor</source>
        <translation>这个设备能否创建并填充这种张量</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>DeviceSelector</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where new tensors are made and where operations run</source>
        <translation>新张量在哪里创建、运算在哪里运行</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>shapes and dtypes only, no values</source>
        <translation>只有形状和数据类型 (dtype)，没有值</translation>
    </message>
    <message>
        <source>not {dtypes}</source>
        <translation>不支持 {dtypes}</translation>
    </message>
    <message>
        <source>takes every dtype</source>
        <translation>支持所有数据类型 (dtype)</translation>
    </message>
    <message>
        <source>{device} takes {dtypes}</source>
        <translation>{device} 支持 {dtypes}</translation>
    </message>
    <message>
        <source>but not {dtypes}</source>
        <translation>但不支持 {dtypes}</translation>
    </message>
</context>
<context>
    <name>DraftBar</name>
    <message>
        <source>Draft of an operation</source>
        <translation>运算草稿</translation>
    </message>
    <message>
        <source>More parameters</source>
        <translation>更多参数</translation>
    </message>
    <message>
        <source>in place</source>
        <translation>原地</translation>
    </message>
    <message>
        <source>Overwrite the first operand in its own memory instead of making a tensor</source>
        <translation>在第一个操作数自己的内存中覆盖它，而不是得到新张量</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Choose an operation</source>
        <translation>请选择一个运算</translation>
    </message>
    <message>
        <source>Keep {names}</source>
        <translation>保留 {names}</translation>
    </message>
    <message>
        <source>{names} stays as it is, and the next run makes another tensor. Else {names} is replaced.</source>
        <translation>{names} 保持不变，下次运行会生成另一个张量；不按这个按钮，{names} 就会被替换。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop this run; nothing is changed</source>
        <translation>停止本次运行；什么都不会改变</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run the operation and play it (Space on the stage)</source>
        <translation>运行该运算并播放（在展示区按空格键）</translation>
    </message>
    <message>
        <source>It replaces {names}, which was made here before.</source>
        <translation>它会替换之前在这里得到的 {names}。</translation>
    </message>
</context>
<context>
    <name>DraftNotes</name>
    <message>
        <source>See the rules of promotion, with these operands</source>
        <translation>用这两个操作数查看类型提升规则</translation>
    </message>
</context>
<context>
    <name>DraftResult</name>
    <message>
        <source>{result}, and {count} more</source>
        <translation>{result}，另有 {count} 个</translation>
    </message>
    <message>
        <source>The result is being foretold</source>
        <translation>正在预估结果</translation>
    </message>
    <message>
        <source>copy {names} to {device} first</source>
        <translation>先把 {names} 复制到 {device}</translation>
    </message>
    <message>
        <source>copy operands to {device} first</source>
        <translation>先把操作数复制到 {device}</translation>
    </message>
    <message>
        <source>Operands that live on another device are copied by a step of their own</source>
        <translation>位于其他设备上的操作数会用单独的一步复制过来</translation>
    </message>
    <message>
        <source>size known after the run</source>
        <translation>运行后才知道大小</translation>
    </message>
    <message>
        <source>a view, no new memory</source>
        <translation>视图，不占新内存</translation>
    </message>
    <message>
        <source>if the values allow it</source>
        <translation>取决于数值</translation>
    </message>
    <message>
        <source>overwrites {name}</source>
        <translation>覆盖 {name}</translation>
    </message>
    <message>
        <source>lays {name} out anew</source>
        <translation>重新排布 {name}</translation>
    </message>
    <message>
        <source>lays {name} out anew, no cell is written</source>
        <translation>{name} 重新布局，不写入任何单元格</translation>
    </message>
    <message>
        <source>overwrites {name}, no new memory</source>
        <translation>覆盖 {name}，不占新内存</translation>
    </message>
    <message>
        <source>overwrites {name}, saves {size}</source>
        <translation>覆盖 {name}，节省 {size}</translation>
    </message>
    <message>
        <source>Result: shape {shape}, {rest}</source>
        <translation>结果：形状 {shape}，{rest}</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>Drawer</source>
        <translation>抽屉</translation>
    </message>
    <message>
        <source>Shut the drawer</source>
        <translation>关上抽屉</translation>
    </message>
    <message>
        <source>Pages of the drawer</source>
        <translation>抽屉的各页</translation>
    </message>
</context>
<context>
    <name>EditStrip</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Shape ({shape}): axis {axis} has size 0, so there are no cells.
Insert a row or a column, or change the shape.</source>
        <translation>形状 ({shape})：轴 {axis} 的长度为 0，所以没有单元格。
请插入一行或一列，或更改形状。</translation>
    </message>
</context>
<context>
    <name>FileController</name>
    <message>
        <source>Open tensors</source>
        <translation>打开张量</translation>
    </message>
    <message>
        <source>Tensor files</source>
        <translation>张量文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Open {files}</source>
        <translation>打开 {files}</translation>
    </message>
    <message>
        <source>Save {name}</source>
        <translation>保存 {name}</translation>
    </message>
    <message>
        <source>requires_grad of {names}</source>
        <translation>{names} 的 requires_grad</translation>
    </message>
    <message>
        <source>the memory shared by {names}</source>
        <translation>{names} 共用的内存</translation>
    </message>
    <message>
        <source>the strides of {names}</source>
        <translation>{names} 的步长</translation>
    </message>
    <message>
        <source>{names}, no tensors</source>
        <translation>{names}（不是张量）</translation>
    </message>
    <message>
        <source>{names}, which cannot be shown</source>
        <translation>{names}（无法显示）</translation>
    </message>
</context>
<context>
    <name>FileEntries</name>
    <message>
        <source>Open tensors of {file}</source>
        <translation>打开 {file} 中的张量</translation>
    </message>
    <message>
        <source>“{file}” holds {count} tensors. Choose those to open.</source>
        <translation>“{file}”中有 {count} 个张量。请选择要打开的张量。</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>搜索名称</translation>
    </message>
    <message>
        <source>Tensors in the file</source>
        <translation>文件中的张量</translation>
    </message>
</context>
<context>
    <name>FillForm</name>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>[[1, 2], [3, 4]]
tensor([[1., 2.]])
or cells from a spreadsheet, or CSV</source>
        <translation>[[1, 2], [3, 4]]
tensor([[1., 2.]])
或电子表格的单元格，或 CSV</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Take the text on the clipboard</source>
        <translation>取用剪贴板中的文本</translation>
    </message>
    <message>
        <source>s&amp;eed</source>
        <translation>种子(&amp;E)</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed gives the same numbers again</source>
        <translation>相同的种子会再次给出相同的数</translation>
    </message>
    <message>
        <source>&amp;Roll again</source>
        <translation>重新生成(&amp;R)</translation>
    </message>
    <message>
        <source>The first of {count} characters; Delete clears all.</source>
        <translation>共 {count} 个字符，只显示开头；按 Delete 键全部清除。</translation>
    </message>
</context>
<context>
    <name>FillStrip</name>
    <message>
        <source>value for the selected cells</source>
        <translation>所选单元格的值</translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation>填充(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Value for {count} selected cells</source>
        <translation>{count} 个所选单元格的值(&amp;V)</translation>
    </message>
</context>
<context>
    <name>GridController</name>
    <message>
        <source>Edit {name}</source>
        <translation>编辑 {name}</translation>
    </message>
    <message>
        <source>Fill cells of {name}</source>
        <translation>填充 {name} 的单元格</translation>
    </message>
    <message>
        <source>Paste into {name}</source>
        <translation>粘贴到 {name}</translation>
    </message>
    <message>
        <source>Reshape {name}</source>
        <translation>变形 {name}</translation>
    </message>
    <message>
        <source>Resize {name}</source>
        <translation>调整 {name} 的大小</translation>
    </message>
    <message>
        <source>Convert {name}</source>
        <translation>转换 {name}</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message>
        <source>Grid editor</source>
        <translation>网格编辑器</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>单元格</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>Convert to another dtype</source>
        <translation>转换为另一种数据类型 (dtype)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>Back to the stage (Esc)</source>
        <translation>返回展示区（Esc）</translation>
    </message>
    <message>
        <source>On meta there is a shape and no memory: each dot stands for a value that is not there.</source>
        <translation>meta 设备上只有形状，没有内存：每个点代表一个不存在的值。</translation>
    </message>
    <message>
        <source>Uninitialised memory: the values are whatever was there. Type one to set it.</source>
        <translation>未初始化的内存：其中的值是原先残留的。输入一个值即可设定。</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>There is no further cell on this page. Press Enter to type over this one.</source>
        <translation>这一页没有更多单元格了。按 Enter 可改写这个单元格。</translation>
    </message>
</context>
<context>
    <name>HeatmapView</name>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Nothing on the stage. Choose a tensor or an operation.</source>
        <translation>展示区是空的。请选择一个张量或一个运算。</translation>
    </message>
    <message>
        <source>{name}, shape {shape}</source>
        <translation>{name}，形状 {shape}</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
</context>
<context>
    <name>IndexPopup</name>
    <message>
        <source>Axis {number}, length {size}</source>
        <translation>轴 {number}，长度 {size}</translation>
    </message>
    <message>
        <source>What to take of axis {number}</source>
        <translation>轴 {number} 取什么</translation>
    </message>
    <message>
        <source>all of it  :</source>
        <translation>全部  :</translation>
    </message>
    <message>
        <source>one index: the axis goes</source>
        <translation>一个索引：该轴消失</translation>
    </message>
    <message>
        <source>a range  start:stop:step</source>
        <translation>一段  start:stop:step</translation>
    </message>
    <message>
        <source>a list of indices</source>
        <translation>索引列表</translation>
    </message>
    <message>
        <source>a mask or indices from the shelf</source>
        <translation>张量架上的掩码或索引</translation>
    </message>
    <message>
        <source>The axis stays as it is.</source>
        <translation>该轴保持原样。</translation>
    </message>
    <message>
        <source>None: a new axis of length 1 before it</source>
        <translation>None：在它前面新增长度为 1 的轴</translation>
    </message>
    <message>
        <source>index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>start</source>
        <translation>start</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>stop</translation>
    </message>
    <message>
        <source>step</source>
        <translation>step</translation>
    </message>
    <message>
        <source>indices</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>{name}  {dtype}, {rank}-d</source>
        <translation>{name}  {dtype}，{rank} 维</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>“{text}” is no whole number.</source>
        <translation>“{text}”不是整数。</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Copy all of this as text</source>
        <translation>将全部内容复制为文本</translation>
    </message>
    <message>
        <source>To the next NaN or inf</source>
        <translation>到下一个 NaN 或 inf</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>bytes, as in NumPy</source>
        <translation>以字节计，与 NumPy 相同</translation>
    </message>
    <message>
        <source>in elements</source>
        <translation>以元素计</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>strides</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>contiguous</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>last changed by</source>
        <translation>最近一次改动</translation>
    </message>
    <message>
        <source>this memory was just written to</source>
        <translation>这块内存刚被写入</translation>
    </message>
    <message>
        <source>shares with</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>of the cells that are not NaN; the mean is of all</source>
        <translation>只看不是 NaN 的单元格；mean 包括全部单元格</translation>
    </message>
    <message>
        <source>{range} (no NaN)</source>
        <translation>{range}（不含 NaN）</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>an older {names}</source>
        <translation>旧版本的 {names}</translation>
    </message>
    <message>
        <source>made from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>made by</source>
        <translation>由…得到</translation>
    </message>
    <message>
        <source>time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>new memory</source>
        <translation>新内存</translation>
    </message>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>none on meta</source>
        <translation>meta 上没有</translation>
    </message>
    <message>
        <source>? (nobody wrote them)</source>
        <translation>?（从未写入）</translation>
    </message>
    <message>
        <source>min · max</source>
        <translation>最小 · 最大</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>NaN · inf</source>
        <translation>NaN · inf</translation>
    </message>
    <message>
        <source>|min| · |max|</source>
        <translation>|最小| · |最大|</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Index: numbers, start:stop:step, lists, masks, None or ...</source>
        <translation>索引：整数、start:stop:step、列表、掩码、None 或 ...</translation>
    </message>
    <message>
        <source>Axis {number} of length {size}: {part}. Press to choose.</source>
        <translation>轴 {number}，长度 {size}：{part}。单击可选择。</translation>
    </message>
</context>
<context>
    <name>KeysHelp</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>On the stage</source>
        <translation>在展示区</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>在张量架上</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>In the grid</source>
        <translation>在网格中</translation>
    </message>
    <message>
        <source>Single keys act while the stage has the focus, never while you type in a field.</source>
        <translation>单个按键只在焦点位于展示区时起作用，在输入框中打字时绝不起作用。</translation>
    </message>
</context>
<context>
    <name>Ladder</name>
    <message>
        <source>Rules of promotion</source>
        <translation>类型提升规则</translation>
    </message>
    <message>
        <source>The higher kind wins</source>
        <translation>类别高者胜出</translation>
    </message>
    <message>
        <source>Of one kind: the higher rank wins</source>
        <translation>类别相同：等级高者胜出</translation>
    </message>
    <message>
        <source>Python number &lt; 0-d tensor &lt; tensor with axes</source>
        <translation>Python 数 &lt; 0 维张量 &lt; 有轴的张量</translation>
    </message>
    <message>
        <source>Of one rank: the smallest dtype that holds both</source>
        <translation>等级相同：取能容纳两者的最小 dtype</translation>
    </message>
    <message>
        <source>often the wider one; for float16 and bfloat16 neither will do, so float32</source>
        <translation>通常是较宽的那个；float16 和 bfloat16 谁也容纳不了谁，所以取 float32</translation>
    </message>
    <message>
        <source>Some operations ask for a dtype of their own</source>
        <translation>有些运算自己决定 dtype</translation>
    </message>
    <message>
        <source>/ of whole numbers gives a float, a comparison gives bool, in place keeps the first</source>
        <translation>整数用 / 相除得到浮点数，比较得到 bool，原地运算保持第一个操作数的 dtype</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>1 item</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} 项</translation>
    </message>
    <message>
        <source>shapes only</source>
        <translation>只有形状</translation>
    </message>
    <message>
        <source>meta has shapes and dtypes without values; nothing leads back from there but undo.</source>
        <translation>meta 只有形状和 dtype，没有值；除了撤销，没有办法从那里回来。</translation>
    </message>
    <message>
        <source>What {device} holds. Drag a card to another lane, and it is copied there.</source>
        <translation>{device} 上的内容。把卡片拖到另一个设备区，就会复制到那里。</translation>
    </message>
</context>
<context>
    <name>MadePage</name>
    <message>
        <source>One letter makes the difference: a size, or a value.</source>
        <translation>一个字母之差：是大小，还是值。</translation>
    </message>
    <message>
        <source>Three cells of float32. The class takes 3 for a size, and nobody writes the cells: they hold whatever was in memory, so they are shown as ?.</source>
        <translation>三个 float32 单元格。类把 3 当作大小，而没有人写入这些单元格：里面是内存中残留的内容，所以显示为 ?。</translation>
    </message>
    <message>
        <source>One cell, the value 3. The function takes 3 for a value: no axes, and int64, as 3 is a whole number.</source>
        <translation>一个单元格，值为 3。函数把 3 当作值：没有轴；3 是整数，所以是 int64。</translation>
    </message>
    <message>
        <source>One cell with one axis: a list is taken for values by both, but the class makes float32 of them, whatever they are.</source>
        <translation>一个单元格，一个轴：两者都把列表当作值，但类总是把它们变成 float32，不管原来是什么。</translation>
    </message>
    <message>
        <source>Write torch.tensor for values, and torch.zeros or torch.empty for a size: nobody has to guess.</source>
        <translation>给出值时写 torch.tensor，给出大小时写 torch.zeros 或 torch.empty：这样谁也不用猜。</translation>
    </message>
    <message>
        <source>Put it on the shelf</source>
        <translation>放到张量架上</translation>
    </message>
    <message>
        <source>Put {code} on the shelf</source>
        <translation>把 {code} 放到张量架上</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>About Tensor Explorer</source>
        <translation>关于 Tensor Explorer</translation>
    </message>
    <message>
        <source>Tensor Explorer {version}
Every number at rest on the stage came out of torch.</source>
        <translation>Tensor Explorer {version}
展示区上静止时的每个数字都来自 torch。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>The words of torch</source>
        <translation>torch 的原话</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>复制这条消息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
</context>
<context>
    <name>NewPreview</name>
    <message>
        <source>first values</source>
        <translation>前几个值</translation>
    </message>
    <message>
        <source>no memory</source>
        <translation>不占内存</translation>
    </message>
    <message>
        <source>→ {shape} {dtype}, {size}</source>
        <translation>→ {shape} {dtype}，{size}</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Reading the values …</source>
        <translation>正在读取数值…</translation>
    </message>
    <message>
        <source>There are no values on meta.</source>
        <translation>meta 设备上没有值。</translation>
    </message>
    <message>
        <source>Nobody knows what the memory holds; zero_ or fill_ writes to it.</source>
        <translation>没有人知道这块内存里是什么；可以用 zero_ 或 fill_ 写入它。</translation>
    </message>
    <message>
        <source>{count} values: too many to try them out here.</source>
        <translation>{count} 个值：太多，无法在这里试算。</translation>
    </message>
    <message>
        <source>A size of 0: a tensor without elements, which is allowed.</source>
        <translation>有长度 0：没有元素的张量，这是允许的。</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>第 {page} 页，共 {count} 页</translation>
    </message>
</context>
<context>
    <name>NewTensorDialog</name>
    <message>
        <source>New tensor</source>
        <translation>新建张量</translation>
    </message>
    <message>
        <source>as torch chooses</source>
        <translation>由 torch 决定</translation>
    </message>
    <message>
        <source>as a Num&amp;Py array</source>
        <translation>作为 NumPy 数组(&amp;P)</translation>
    </message>
    <message>
        <source>An array of NumPy, on the CPU; torch.from_numpy makes a tensor over its memory</source>
        <translation>CPU 上的 NumPy 数组；torch.from_numpy 可在它的内存上得到张量</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>创建(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Shape</source>
        <translation>形状(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;dtype</source>
        <translation>数据类型 dtype(&amp;D)</translation>
    </message>
    <message>
        <source>de&amp;vice</source>
        <translation>设备(&amp;V)</translation>
    </message>
    <message>
        <source>as NumPy chooses</source>
        <translation>由 NumPy 决定</translation>
    </message>
    <message>
        <source>Mend what stands beside the ⚠ first.</source>
        <translation>请先改正 ⚠ 旁边的内容。</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>It needs {need}, but {device} has {free} free. Make it smaller, or choose shape only.</source>
        <translation>需要 {need}，而 {device} 只有 {free} 可用。请缩小，或选择“只有形状”。</translation>
    </message>
    <message>
        <source>Yes, use {need}</source>
        <translation>是，使用 {need}</translation>
    </message>
    <message>
        <source>It needs {need} of the {free} that {device} has free.</source>
        <translation>{device} 可用 {free}，需要其中的 {need}。</translation>
    </message>
</context>
<context>
    <name>OperandChooser</name>
    <message>
        <source>from the shelf</source>
        <translation>取自张量架</translation>
    </message>
    <message>
        <source>kind of operand</source>
        <translation>操作数的种类</translation>
    </message>
    <message>
        <source>dtype or type</source>
        <translation>dtype 或 Python 类型</translation>
    </message>
    <message>
        <source>tensor with axes</source>
        <translation>有轴的张量</translation>
    </message>
    <message>
        <source>0-d tensor</source>
        <translation>0 维张量</translation>
    </message>
    <message>
        <source>Python number</source>
        <translation>Python 数</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>手动选择</translation>
    </message>
</context>
<context>
    <name>OperandSlot</name>
    <message>
        <source>Operand {number}</source>
        <translation>操作数 {number}</translation>
    </message>
    <message>
        <source>Number for operand {number}</source>
        <translation>操作数 {number} 的数值</translation>
    </message>
    <message>
        <source>number…</source>
        <translation>数值…</translation>
    </message>
    <message>
        <source>A Python number instead of a tensor</source>
        <translation>用一个 Python 数代替张量</translation>
    </message>
    <message>
        <source>{name} is left out of the call</source>
        <translation>调用中省略 {name}</translation>
    </message>
    <message>
        <source>does not fit: {facts}. {reason}</source>
        <translation>不适用：{facts}。{reason}</translation>
    </message>
</context>
<context>
    <name>OperandSlots</name>
    <message>
        <source>One operand more</source>
        <translation>增加一个操作数</translation>
    </message>
    <message>
        <source>One operand less</source>
        <translation>减少一个操作数</translation>
    </message>
</context>
<context>
    <name>OperationPanel</name>
    <message>
        <source>Operations</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>基础运算</translation>
    </message>
    <message>
        <source>{title}: {call}</source>
        <translation>{title}：{call}</translation>
    </message>
    <message>
        <source>{name}, {title}</source>
        <translation>{name}，{title}</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Overview of {name}</source>
        <translation>{name} 的概览</translation>
    </message>
    <message>
        <source>{page}: one of {pages} pages is shown; PageUp and PageDown turn them.</source>
        <translation>{page}：显示 {pages} 页中的一页；按 PageUp 和 PageDown 翻页。</translation>
    </message>
    <message>
        <source>In view: rows {top} to {bottom} of {rows}, columns {left} to {right} of {columns}.</source>
        <translation>可见：{rows} 行中的第 {top} 到 {bottom} 行，{columns} 列中的第 {left} 到 {right} 列。</translation>
    </message>
    <message>
        <source>Drawn is one row in {row_step} and one column in {column_step}; the others are hidden.</source>
        <translation>每 {row_step} 行画一行，每 {column_step} 列画一列；其余隐藏。</translation>
    </message>
    <message>
        <source>{count} of the drawn cells are NaN or infinite.</source>
        <translation>绘制的单元格中有 {count} 个是 NaN 或无穷大。</translation>
    </message>
</context>
<context>
    <name>PageSelector</name>
    <message>
        <source>Axes and page</source>
        <translation>轴和页</translation>
    </message>
    <message>
        <source>0-d: one number, no axes</source>
        <translation>0 维：一个数，没有轴</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>All data types …</source>
        <translation>全部数据类型…</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
</context>
<context>
    <name>PermutationEditor</name>
    <message>
        <source>Drag along the row, press two to swap them, or move with Alt+Left and Alt+Right</source>
        <translation>沿行拖动，或依次按两个以交换，或用 Alt+左/右方向键移动</translation>
    </message>
    <message>
        <source>place {place}: axis {number}, length {size}</source>
        <translation>位置 {place}：轴 {number}，长度 {size}</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation>PNG 图片 (*.png);;SVG 图形 (*.svg)</translation>
    </message>
</context>
<context>
    <name>PromotionPage</name>
    <message>
        <source>First operand</source>
        <translation>第一个操作数</translation>
    </message>
    <message>
        <source>Second operand</source>
        <translation>第二个操作数</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>The other way round: {sentence}</source>
        <translation>反过来：{sentence}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Two Python numbers meet in Python itself; torch only sees what comes out.</source>
        <translation>两个 Python 数由 Python 自己计算；torch 只看到结果。</translation>
    </message>
    <message>
        <source>Nothing had to be decided.</source>
        <translation>没有什么需要决定。</translation>
    </message>
</context>
<context>
    <name>RepairButton</name>
    <message>
        <source>{key}: {code} gives {shape} {dtype}</source>
        <translation>{key}：{code} 得到 {shape} {dtype}</translation>
    </message>
</context>
<context>
    <name>ScratchBar</name>
    <message>
        <source>Your tensors wait</source>
        <translation>你的张量在等着</translation>
    </message>
    <message>
        <source>This is tried out apart: your tensors wait, and nothing here touches them.</source>
        <translation>这里是另外试一试的地方：你的张量在等着，这里的一切都不会碰到它们。</translation>
    </message>
    <message>
        <source>Back to my tensors</source>
        <translation>回到我的张量</translation>
    </message>
    <message>
        <source>Keep these too</source>
        <translation>把这些也留下</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>Search: sum, A @ B, zeros, dark, 求和, qh …</source>
        <translation>搜索：sum、A @ B、zeros、深色、求和、qh…</translation>
    </message>
    <message>
        <source>Find whatever can be done: by torch&apos;s name or sign, in English, Chinese or pinyin initials</source>
        <translation>查找所有能做的事：可用 torch 名称、符号、英文、中文或拼音首字母</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 项</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>找到的内容</translation>
    </message>
    <message>
        <source>Nothing matches “{text}”.</source>
        <translation>没有与“{text}”相符的内容。</translation>
    </message>
    <message>
        <source>Nothing matches “{text}”. Near it: {names}.</source>
        <translation>没有与“{text}”相符的内容。相近的有：{names}。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>New {name}</source>
        <translation>新建 {name}</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>创建 {name} 的副本</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除 {name}</translation>
    </message>
    <message>
        <source>Rename {old} to {new}</source>
        <translation>把 {old} 重命名为 {new}</translation>
    </message>
    <message>
        <source>Reorder the shelf</source>
        <translation>重新排列张量架</translation>
    </message>
    <message>
        <source>Back to my tensors</source>
        <translation>回到我的张量</translation>
    </message>
    <message>
        <source>Keep what was tried out</source>
        <translation>保留试过的内容</translation>
    </message>
</context>
<context>
    <name>ShapeField</name>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>3, 4    ( ) for a single number</source>
        <translation>3, 4    单个数用 ( )</translation>
    </message>
    <message>
        <source>One axis fewer</source>
        <translation>减少一个轴</translation>
    </message>
    <message>
        <source>One axis more, in front</source>
        <translation>在最前面增加一个轴</translation>
    </message>
    <message>
        <source>size of axis {axis}</source>
        <translation>轴 {axis} 的长度</translation>
    </message>
</context>
<context>
    <name>ShapeStrip</name>
    <message>
        <source>New &amp;shape</source>
        <translation>新形状(&amp;S)</translation>
    </message>
    <message>
        <source>new shape</source>
        <translation>新形状</translation>
    </message>
    <message>
        <source>what becomes of the values</source>
        <translation>值如何处理</translation>
    </message>
    <message>
        <source>reshape: same values, in a row</source>
        <translation>reshape：值相同，按阅读顺序重排</translation>
    </message>
    <message>
        <source>resize: each value keeps its index</source>
        <translation>resize：每个值保持自己的索引</translation>
    </message>
    <message>
        <source>new cells</source>
        <translation>新单元格</translation>
    </message>
    <message>
        <source>value of new cells</source>
        <translation>新单元格的值</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>{shape} has {new} elements, but there are {old}. Resize keeps what fits.</source>
        <translation>{shape} 有 {new} 个元素，而现有 {old} 个。resize 会保留放得下的值。</translation>
    </message>
    <message>
        <source>{old} → {shape}</source>
        <translation>{old} → {shape}</translation>
    </message>
    <message>
        <source>{kept} of {old} values kept, {added} new</source>
        <translation>保留 {old} 个值中的 {kept} 个，新增 {added} 个</translation>
    </message>
</context>
<context>
    <name>ShelfList</name>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
</context>
<context>
    <name>StageController</name>
    <message>
        <source>Getting torch ready …</source>
        <translation>正在准备 torch…</translation>
    </message>
    <message>
        <source>torch is not ready.</source>
        <translation>torch 尚未就绪。</translation>
    </message>
</context>
<context>
    <name>StagePanel</name>
    <message>
        <source>Press Space to see it happen.</source>
        <translation>按空格键，看它如何进行。</translation>
    </message>
    <message>
        <source>Press Space, or Run, to see it happen.</source>
        <translation>按空格键或“运行”，看它如何进行。</translation>
    </message>
    <message>
        <source>Of the drawn cells: {signs}</source>
        <translation>在画出的单元格中：{signs}</translation>
    </message>
</context>
<context>
    <name>StorageLens</name>
    <message>
        <source>{count} slots of {size} on meta: no memory, no values</source>
        <translation>{count} 个槽位，每个 {size}，在 meta 上：没有内存，也没有值</translation>
    </message>
    <message>
        <source>{count} slots of {size}</source>
        <translation>{count} 个槽位，每个 {size}</translation>
    </message>
    <message>
        <source>{count} slots of {size} from {address}</source>
        <translation>{count} 个槽位，每个 {size}，从 {address} 开始</translation>
    </message>
    <message>
        <source>slot {slot} at {address} (+{byte})</source>
        <translation>槽位 {slot}，地址 {address}（+{byte}）</translation>
    </message>
    <message>
        <source>slot {slot} (+{byte})</source>
        <translation>槽位 {slot}（+{byte}）</translation>
    </message>
    <message>
        <source>offset {offset} bytes · strides {strides} bytes</source>
        <translation>偏移 {offset} 字节 · 步长 {strides} 字节</translation>
    </message>
    <message>
        <source>offset {offset}, counted from slot {slot} where its own storage begins · strides {strides}</source>
        <translation>偏移 {offset}，从它自己的存储区 (storage) 起点即槽位 {slot} 算起 · 步长 {strides}</translation>
    </message>
    <message>
        <source>offset {offset} · strides {strides}</source>
        <translation>偏移 {offset} · 步长 {strides}</translation>
    </message>
    <message>
        <source>{layout}: {step}</source>
        <translation>{layout}：{step}</translation>
    </message>
    <message>
        <source>a step along axis {axis} stays in the same slot</source>
        <translation>沿轴 {axis} 走一步，仍在同一个槽位</translation>
    </message>
    <message>
        <source>a step along axis {axis} is {bytes} bytes</source>
        <translation>沿轴 {axis} 走一步是 {bytes} 字节</translation>
    </message>
    <message>
        <source>a step along axis {axis} is 1 slot back</source>
        <translation>沿轴 {axis} 走一步，后退 1 个槽位</translation>
    </message>
    <message>
        <source>a step along axis {axis} is {count} slots back</source>
        <translation>沿轴 {axis} 走一步，后退 {count} 个槽位</translation>
    </message>
    <message>
        <source>a step along axis {axis} is 1 slot</source>
        <translation>沿轴 {axis} 走一步，前进 1 个槽位</translation>
    </message>
    <message>
        <source>a step along axis {axis} is {count} slots</source>
        <translation>沿轴 {axis} 走一步，前进 {count} 个槽位</translation>
    </message>
    <message>
        <source>own memory</source>
        <translation>自己的内存</translation>
    </message>
    <message>
        <source>the same as {sources}</source>
        <translation>与 {sources} 相同</translation>
    </message>
    <message>
        <source>view of {sources}</source>
        <translation>{sources} 的视图</translation>
    </message>
    <message>
        <source>copy of {sources}</source>
        <translation>{sources} 的副本</translation>
    </message>
    <message>
        <source>new values</source>
        <translation>新的值</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选择任何内容</translation>
    </message>
</context>
<context>
    <name>StripView</name>
    <message>
        <source>Storage, slot by slot</source>
        <translation>存储区 (storage)，逐个槽位</translation>
    </message>
    <message>
        <source>slot {slot}, byte {byte}, holds {value}</source>
        <translation>槽位 {slot}，字节 {byte}，存放 {value}</translation>
    </message>
    <message>
        <source>slot {slot}, byte {byte}</source>
        <translation>槽位 {slot}，字节 {byte}</translation>
    </message>
    <message>
        <source>and more: {names}</source>
        <translation>还有：{names}</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>All dtypes of this torch</source>
        <translation>这个 torch 的所有 dtype</translation>
    </message>
    <message>
        <source>All of this was asked of the torch that runs here. A dash: torch has none.</source>
        <translation>以上内容全部询问自正在运行的 torch。短横线表示 torch 没有。</translation>
    </message>
    <message>
        <source>{name} is {dtype}.</source>
        <translation>{name} 是 {dtype}。</translation>
    </message>
</context>
<context>
    <name>TableTwin</name>
    <message>
        <source>Table of the stage</source>
        <translation>展示区的表格</translation>
    </message>
    <message>
        <source>{rows} rows and {columns} columns more are not in this table.</source>
        <translation>还有 {rows} 行和 {columns} 列不在此表中。</translation>
    </message>
</context>
<context>
    <name>TensorShelf</name>
    <message>
        <source>Shelf of tensors</source>
        <translation>张量架</translation>
    </message>
    <message>
        <source>New tensor</source>
        <translation>新建张量</translation>
    </message>
    <message>
        <source>Make a tensor: type or paste values, or choose a fill (Ctrl+N)</source>
        <translation>新建张量：输入或粘贴数值，或选择填充方式（Ctrl+N）</translation>
    </message>
    <message>
        <source>shares memory {tag}</source>
        <translation>共享内存 {tag}</translation>
    </message>
    <message>
        <source>its memory was just written to</source>
        <translation>它的内存刚被写入</translation>
    </message>
    <message>
        <source>grad of {name}</source>
        <translation>{name} 的梯度</translation>
    </message>
    <message>
        <source>saved, then overwritten</source>
        <translation>保存后被覆盖</translation>
    </message>
    <message>
        <source>unset</source>
        <translation>未设定</translation>
    </message>
    <message>
        <source>made from an older version of {names}</source>
        <translation>由 {names} 的旧版本得到</translation>
    </message>
    <message>
        <source>{dtype} · {device}</source>
        <translation>{dtype} · {device}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>Position in the animation</source>
        <translation>动画中的位置</translation>
    </message>
    <message>
        <source>Drag to move through the animation, back and forth</source>
        <translation>拖动可前后浏览动画</translation>
    </message>
    <message>
        <source>Leave the projector view</source>
        <translation>退出投影视图</translation>
    </message>
    <message>
        <source>Speed {speed}</source>
        <translation>速度 {speed}</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>step {number} of {count}</source>
        <translation>第 {number} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>再播一次</translation>
    </message>
</context>
<context>
    <name>TopRow</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>All menus (Alt shows them as a bar)</source>
        <translation>全部菜单（按 Alt 显示菜单栏）</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Transcript</source>
        <translation>文字记录</translation>
    </message>
</context>
<context>
    <name>ViewpointController</name>
    <message>
        <source>A name for axis {axis} of {name}; empty for its letter</source>
        <translation>{name} 的轴 {axis} 的名称；留空则使用字母</translation>
    </message>
    <message>
        <source>Name an axis</source>
        <translation>命名轴</translation>
    </message>
</context>
<context>
    <name>amounts</name>
    <message>
        <source>1 byte</source>
        <translation>1 字节</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
</context>
<context>
    <name>autograd</name>
    <message>
        <source>“{saver}” saved it for backward at version {version}; it is at version {now} now.</source>
        <translation>“{saver}”在版本 {version} 时为 backward 保存了它；现在它已是版本 {now}。</translation>
    </message>
</context>
<context>
    <name>bits</name>
    <message>
        <source>sign</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>mantissa</source>
        <translation>尾数</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>原始位</translation>
    </message>
    <message>
        <source>{sign}2^({exponent} − {bias}) × (1 + {fraction} / 2^{bits}) = {value}</source>
        <translation>{sign}2^({exponent} − {bias}) × (1 + {fraction} / 2^{bits}) = {value}</translation>
    </message>
    <message>
        <source>2^({exponent} − {bias}) = {value}; this dtype has powers of two only.</source>
        <translation>2^({exponent} − {bias}) = {value}；这个 dtype 只有 2 的幂。</translation>
    </message>
    <message>
        <source>{sign}2^{power} × {fraction} / 2^{bits} = {value}; the exponent is 0, so there is no leading 1: subnormal.</source>
        <translation>{sign}2^{power} × {fraction} / 2^{bits} = {value}；指数为 0，所以没有前导的 1：非规格化数 (subnormal)。</translation>
    </message>
    <message>
        <source>{sign}0: exponent and mantissa are 0.</source>
        <translation>{sign}0：指数和尾数都是 0。</translation>
    </message>
    <message>
        <source>{sign}inf: all bits of the exponent are 1, and the mantissa is 0.</source>
        <translation>{sign}inf：指数各位都是 1，尾数是 0。</translation>
    </message>
    <message>
        <source>NaN: these bits stand for no number.</source>
        <translation>NaN：这些位不表示任何数。</translation>
    </message>
    <message>
        <source>The first bit is 0, so the others are the number: {value}.</source>
        <translation>第一位是 0，所以其余各位就是这个数：{value}。</translation>
    </message>
    <message>
        <source>Two&apos;s complement: the first bit counts −2^{power}, the others {rest}. −{weight} + {rest} = {value}.</source>
        <translation>补码：第一位计 −2^{power}，其余各位计 {rest}。−{weight} + {rest} = {value}。</translation>
    </message>
    <message>
        <source>All bits are the number, there is no sign: {value}.</source>
        <translation>所有位就是这个数，没有符号：{value}。</translation>
    </message>
    <message>
        <source>A bool is a whole byte; all but 0 is True.</source>
        <translation>bool 占一整个字节；只要不是 0 就是 True。</translation>
    </message>
    <message>
        <source>A bool is a whole byte; 0 is False.</source>
        <translation>bool 占一整个字节；0 是 False。</translation>
    </message>
    <message>
        <source>torch names the dtype {dtype}, and does not say what its bits mean.</source>
        <translation>torch 只给出了 {dtype} 这个名称，没有说明各位的含义。</translation>
    </message>
</context>
<context>
    <name>captions</name>
    <message>
        <source>dim={dim}: index {letter} disappears. {n} rows become 1; each column keeps its own {what}.</source>
        <translation>dim={dim}：索引 {letter} 消失。{n} 行变成 1 行；每一列留下自己的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: index {letter} disappears. {n} columns become 1; each row keeps its own {what}.</source>
        <translation>dim={dim}：索引 {letter} 消失。{n} 列变成 1 列；每一行留下自己的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: index {letter} disappears. {n} pages become 1; each place on the page keeps its own {what}.</source>
        <translation>dim={dim}：索引 {letter} 消失。{n} 页变成 1 页；页上每个位置留下自己的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: index {letter} disappears. {n} values become 1: their {what}.</source>
        <translation>dim={dim}：索引 {letter} 消失。{n} 个值变成 1 个：它们的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: index {letter} disappears. It has length 1, so each {what} is of one value.</source>
        <translation>dim={dim}：索引 {letter} 消失。它的长度为 1，所以每个{what}只涉及一个值。</translation>
    </message>
    <message>
        <source>dim={dim}: index {letter} disappears. It has length 0: the {what} of no values is {value}.</source>
        <translation>dim={dim}：索引 {letter} 消失。它的长度为 0：没有值时的{what}是 {value}。</translation>
    </message>
    <message>
        <source>dim={dim}: indices {letters} disappear. There are no values along them: the {what} of no values is {value}.</source>
        <translation>dim={dim}：索引 {letters} 消失。沿这些轴没有值：没有值时的{what}是 {value}。</translation>
    </message>
    <message>
        <source>dim=all: indices {letters} disappear, one after another. {n} values become 1: their {what}.</source>
        <translation>dim=all：下标 {letters} 依次消失。{n} 个值变成 1 个：它们的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: indices {letters} disappear, one after another. Each {what} is of {n} values.</source>
        <translation>dim={dim}：下标 {letters} 依次消失。每个{what}来自 {n} 个值。</translation>
    </message>
    <message>
        <source>Row {k} is taken: the strip starts with its values.</source>
        <translation>取第 {k} 行：长条以它的值开始。</translation>
    </message>
    <message>
        <source>Column {k} is taken: the strip starts with its values.</source>
        <translation>取第 {k} 列：长条以它的值开始。</translation>
    </message>
    <message>
        <source>Page {letter} = {k} is taken: the tray starts with its values.</source>
        <translation>取页 {letter} = {k}：托盘以它的值开始。</translation>
    </message>
    <message>
        <source>Value {k} is taken: the frame starts with it.</source>
        <translation>取第 {k} 个值：方框从它开始。</translation>
    </message>
    <message>
        <source>Row {k} joins: the strip holds the {what} so far.</source>
        <translation>第 {k} 行加入：长条里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>Column {k} joins: the strip holds the {what} so far.</source>
        <translation>第 {k} 列加入：长条里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>Page {letter} = {k} joins: the tray holds the {what} so far.</source>
        <translation>页 {letter} = {k} 加入：托盘里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>Value {k} joins: the frame holds the {what} so far.</source>
        <translation>第 {k} 个值加入：方框里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>+ {count} rows, one after another: the strip holds the {what} so far.</source>
        <translation>再加 {count} 行，一行接一行：长条里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>+ {count} columns, one after another: the strip holds the {what} so far.</source>
        <translation>再加 {count} 列，一列接一列：长条里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>+ {count} pages, one after another: the tray holds the {what} so far.</source>
        <translation>再加 {count} 页，一页接一页：托盘里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>+ {count} values, one after another: the frame holds the {what} so far.</source>
        <translation>再加 {count} 个值，一个接一个：方框里是到此为止的{what}。</translation>
    </message>
    <message>
        <source>All rows are in. Axis {number} closes from {n} to 1.</source>
        <translation>所有行都已加入。轴 {number} 从 {n} 收拢为 1。</translation>
    </message>
    <message>
        <source>All columns are in. Axis {number} closes from {n} to 1.</source>
        <translation>所有列都已加入。轴 {number} 从 {n} 收拢为 1。</translation>
    </message>
    <message>
        <source>All pages are in. Axis {number} closes from {n} to 1.</source>
        <translation>所有页都已加入。轴 {number} 从 {n} 收拢为 1。</translation>
    </message>
    <message>
        <source>All values are in. Axis {number} closes from {n} to 1.</source>
        <translation>所有值都已加入。轴 {number} 从 {n} 收拢为 1。</translation>
    </message>
    <message>
        <source>keepdim=True: axis {numbers} stays with length 1. The shape is {shape}.</source>
        <translation>keepdim=True：轴 {numbers} 保留，长度为 1。形状是 {shape}。</translation>
    </message>
    <message>
        <source>keepdim=False drops axis {numbers}. {name} has the shape {shape}.</source>
        <translation>keepdim=False 去掉轴 {numbers}。{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>keepdim=False drops axis {numbers}; what was axis {was} is now axis {now}. {name} has the shape {shape}.</source>
        <translation>keepdim=False 去掉轴 {numbers}；原来的轴 {was} 现在是轴 {now}。{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{names} stretched over the shape of the result</source>
        <translation>{names} 扩展到结果的形状</translation>
    </message>
    <message>
        <source>{name} is a new tensor of shape {shape}.</source>
        <translation>{name} 是形状为 {shape} 的新张量。</translation>
    </message>
    <message>
        <source>The cells of {operand} are copied aside, to be worked on.</source>
        <translation>{operand} 的单元被复制到一旁，以便继续运算。</translation>
    </message>
    <message>
        <source>{name} is a new tensor of shape {shape}; {operand} is as it was.</source>
        <translation>{name} 是形状为 {shape} 的新张量；{operand} 保持原样。</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}.</source>
        <translation>{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}. How it comes about is not shown: torch refuses the step {function} here.</source>
        <translation>{name} 的形状是 {shape}。它的由来不作演示：torch 在这里拒绝 {function} 这一步。</translation>
    </message>
    <message>
        <source>On the way to {function}, index {letter} closes: {n} values become one, their {what}. The axis comes back.</source>
        <translation>在求 {function} 的途中，索引 {letter} 合拢：{n} 个值变成一个，即它们的{what}。该轴随后恢复。</translation>
    </message>
    <message>
        <source>torch refuses {join} of two values of {dtype}: all {n} are taken at once. Axis {number} closes to 1.</source>
        <translation>torch 拒绝对两个 {dtype} 值做 {join}：一次取全部 {n} 个。轴 {number} 合拢为 1。</translation>
    </message>
    <message>
        <source>Beside each other: {names}.</source>
        <translation>并排：{names}。</translation>
    </message>
    <message>
        <source>{operand} is a single value without axes: its {what} is {value}.</source>
        <translation>{operand} 是没有轴的单个值：它的{what}是 {value}。</translation>
    </message>
    <message>
        <source>One value alone: its {what} is the value itself.</source>
        <translation>只有一个值：它的{what}就是这个值本身。</translation>
    </message>
    <message>
        <source>{operand} is a single value without axes: there is nothing to squash.</source>
        <translation>{operand} 是没有轴的单个值：没有可归约的轴。</translation>
    </message>
    <message>
        <source>{what} (and, small, its index)</source>
        <translation>{what}（小字是它的索引）</translation>
    </message>
    <message>
        <source>{function}: each value by itself.</source>
        <translation>{function}：逐个值计算。</translation>
    </message>
    <message>
        <source>{function}: the strip stretches over all slabs and meets each place.</source>
        <translation>{function}：长条扩展到所有片上，与每个位置相遇。</translation>
    </message>
    <message>
        <source>Step by step {partial}, torch&apos;s {function} {whole}: another order of steps rounds differently.</source>
        <translation>逐步得到 {partial}，torch 的 {function} 得到 {whole}：步骤顺序不同，舍入也不同。</translation>
    </message>
    <message>
        <source>Step by step {partial}, torch&apos;s {function} {whole}.</source>
        <translation>逐步得到 {partial}，torch 的 {function} 得到 {whole}。</translation>
    </message>
    <message>
        <source>{a} {sa} stands upright and {b} {sb} lies: each of one meets each of the other, {name} has the shape {shape}.</source>
        <translation>{a} {sa} 竖立，{b} {sb} 横放：两者的元素两两相遇，{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{a} {sa} and {b} {sb} are aligned from the right: {name} has the shape {shape}.</source>
        <translation>{a} {sa} 与 {b} {sb} 从右对齐：{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{names} are aligned from the right: {name} has the shape {shape}.</source>
        <translation>{names} 从右对齐：{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{names}: an axis that is missing or has length 1 is stretched. The copies take no memory.</source>
        <translation>{names}：缺少的轴或长度为 1 的轴被扩展（广播）。副本不占内存。</translation>
    </message>
    <message>
        <source>{function}: cells of the same place meet, one of each operand for each cell of {name}.</source>
        <translation>{function}：相同位置的单元相遇，{name} 的每个单元由每个操作数各出一个单元得到。</translation>
    </message>
    <message>
        <source>The cells of {operand} are seen at their places in {name}: a view of the same memory, nothing is copied.</source>
        <translation>{operand} 的单元格出现在 {name} 中各自的位置：同一块内存的视图 (view)，没有复制。</translation>
    </message>
    <message>
        <source>The cells of {operand} are copied to their places in {name}, which has memory of its own.</source>
        <translation>{operand} 的单元格被复制到 {name} 中各自的位置，后者有自己的内存。</translation>
    </message>
    <message>
        <source>{function}, dim={dim}: each cell of {name} is read in {operand}; {chooser} holds its index along {letter}.</source>
        <translation>{function}，dim={dim}：{name} 的每个单元格都从 {operand} 读取；{chooser} 存放它沿 {letter} 的索引。</translation>
    </message>
    <message>
        <source>{function}: each cell of {name} is read in {operand}, counted in reading order; {chooser} holds its index.</source>
        <translation>{function}：{name} 的每个单元格都从 {operand} 读取，按阅读顺序计数；{chooser} 存放它的索引。</translation>
    </message>
    <message>
        <source>{function}, dim={dim}: {name} is {operand}, but for the cells where {other} is put; {chooser} holds their index along {letter}.</source>
        <translation>{function}，dim={dim}：{name} 与 {operand} 相同，只有放入 {other} 的单元不同；{chooser} 中是它们沿 {letter} 的索引。</translation>
    </message>
    <message>
        <source>The cells of {operand} are copied to their places in {name}, and those of {other} are added to them.</source>
        <translation>{operand} 的单元被复制到 {name} 中各自的位置，{other} 的单元再加到它们上面。</translation>
    </message>
    <message>
        <source>{function}: where {chooser} is True, {name} has the cell of {operand}, elsewhere that of {other}.</source>
        <translation>{function}：{chooser} 为 True 处，{name} 取 {operand} 的单元格，其他位置取 {other} 的。</translation>
    </message>
    <message>
        <source>The cells that are chosen are copied to their places in {name}, which has memory of its own.</source>
        <translation>{name} 有自己的内存：选中的单元格被复制到它们在其中的位置。</translation>
    </message>
    <message>
        <source>{function}, dim={dim}: {operand} {was} is cut along {letter} into {count}: {names}.</source>
        <translation>{function}，dim={dim}：{operand} {was} 沿 {letter} 切成 {count} 份：{names}。</translation>
    </message>
    <message>
        <source>{function}: each of {operands} is stretched over the grid of all of them; {names} have the shape {shape}.</source>
        <translation>{function}：{operands} 各自扩展到由它们共同构成的网格上；{names} 的形状为 {shape}。</translation>
    </message>
    <message>
        <source>The cells of {operand} are seen in {names}: views of the same memory, nothing is copied.</source>
        <translation>{operand} 的单元格在 {names} 中看到：它们是同一内存的视图，什么都没有复制。</translation>
    </message>
    <message>
        <source>Cells of one side are copied to their places in {name}, which has memory of its own; the others are 0.</source>
        <translation>{name} 有自己的内存：一侧的单元格被复制到它们的位置，其余为 0。</translation>
    </message>
    <message>
        <source>No cell moves in memory: {name} only reads the same cells in another order.</source>
        <translation>内存中没有单元格移动：{name} 只是按另一种顺序读取同样的单元格。</translation>
    </message>
    <message>
        <source>dim={dim}: {names} are joined along axis {letter}, which stays as long as it was. {name} is {shape}.</source>
        <translation>dim={dim}：{names} 沿轴 {letter} 拼接，该轴长度不变。{name} 是 {shape}。</translation>
    </message>
    <message>
        <source>dim={dim}: torch leaves out {left}, which has one axis and no cells. {name} {shape} is made of {names}, along axis {letter}.</source>
        <translation>dim={dim}：torch 略过 {left}，它只有一个轴且没有单元格。{name} {shape} 由 {names} 沿轴 {letter} 构成。</translation>
    </message>
    <message>
        <source>{names}: there are no cells that could slide.</source>
        <translation>{names}：没有可以滑动的单元格。</translation>
    </message>
    <message>
        <source>{names}: the blocks slide together and are {name}, {shape}.</source>
        <translation>{names}：数据块滑到一起，成为 {name}，{shape}。</translation>
    </message>
    <message>
        <source>{function} writes every cell of {name} anew, in the memory that it has.</source>
        <translation>{function} 在 {name} 原有的内存中重写每个单元格。</translation>
    </message>
    <message>
        <source>{function} writes {count} of the {whole} cells of {name}, in the memory that it has; the rest stays.</source>
        <translation>{function} 在 {name} 原有的内存中写入 {whole} 个单元格中的 {count} 个；其余不变。</translation>
    </message>
    <message>
        <source>{cell} is not written: it stays {value}.</source>
        <translation>{cell} 未被写入：仍为 {value}。</translation>
    </message>
    <message>
        <source>The new values stand where the old ones stood; those are gone.</source>
        <translation>新值就在旧值原来的位置；旧值已经没有了。</translation>
    </message>
    <message>
        <source>The new values stand where the old ones stood; those are gone. {bytes} that a new tensor takes are saved.</source>
        <translation>新值就在旧值原来的位置；旧值已经没有了。比起得到新张量，节省了 {bytes}。</translation>
    </message>
    <message>
        <source>the same memory</source>
        <translation>同一块内存</translation>
    </message>
    <message>
        <source>Axis {x} of {a} and axis {y} of {b} (index {letter}, length {n}) run together: all products, then their sum.</source>
        <translation>{a} 的轴 {x} 和 {b} 的轴 {y}（索引 {letter}，长度 {n}）同步前进：先求所有乘积，再求和。</translation>
    </message>
    <message>
        <source>{a} and {b} run together along index {letter}, length {n}: all products, then their sum.</source>
        <translation>{a} 和 {b} 沿索引 {letter}（长度 {n}）同步前进：先求所有乘积，再求和。</translation>
    </message>
    <message>
        <source>{a} and {b} spread into the block of all products, {block}.</source>
        <translation>{a} 和 {b} 展开成所有乘积的数据块，{block}。</translation>
    </message>
    <message>
        <source>Index {letter} disappears: the products of one place are added up over {n} of them.</source>
        <translation>索引 {letter} 消失：同一位置的 {n} 个乘积相加。</translation>
    </message>
    <message>
        <source>Index {letter} is gone. {name} has the shape {shape}.</source>
        <translation>索引 {letter} 已消失。{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>Each cell of {name} comes from one row of {a} and one column of {b}: multiply pair by pair, then add up.</source>
        <translation>{name} 的每个单元格来自 {a} 的一行和 {b} 的一列：逐对相乘，再相加。</translation>
    </message>
    <message>
        <source>{cell}: its row of {a} and its column of {b}, pair by pair, added up.</source>
        <translation>{cell}：{a} 中它所在的行与 {b} 中它所在的列逐对相乘，再相加。</translation>
    </message>
    <message>
        <source>+ {count} cells of {name} in the same way.</source>
        <translation>再加 {name} 的 {count} 个单元格，方法相同。</translation>
    </message>
    <message>
        <source>{name}: {drawn} of {whole} cells are shown; all of them are computed.</source>
        <translation>{name}：显示 {whole} 个单元格中的 {drawn} 个；全部都参与了计算。</translation>
    </message>
    <message>
        <source>{function}: {steps}. {name} has the shape {shape}.</source>
        <translation>{function}：{steps}。{name} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{first}, then {next}</source>
        <translation>{first}，然后{next}</translation>
    </message>
    <message>
        <source>all products of {names}</source>
        <translation>{names} 的所有乘积</translation>
    </message>
    <message>
        <source>the {what} along index {letter}</source>
        <translation>沿索引 {letter} 的{what}</translation>
    </message>
    <message>
        <source>the diagonal of {names}</source>
        <translation>{names} 的对角线</translation>
    </message>
    <message>
        <source>the axes in another order</source>
        <translation>轴换一种顺序</translation>
    </message>
    <message>
        <source>{names} as it is</source>
        <translation>{names} 保持原样</translation>
    </message>
    <message>
        <source>{formula} for each x</source>
        <translation>对每个 x 计算 {formula}</translation>
    </message>
    <message>
        <source>{function}: each value meets the one of its place in {strip}.</source>
        <translation>{function}：每个值与{strip}中同一位置的值相遇。</translation>
    </message>
    <message>
        <source>{a} and {b} have the same shape {sa}: each cell meets the cell of its place.</source>
        <translation>{a} 和 {b} 的形状都是 {sa}：每个单元格与同一位置的单元格相遇。</translation>
    </message>
    <message>
        <source>{b} is one value: every cell of {a} {sa} meets it.</source>
        <translation>{b} 是一个值：{a} {sa} 的每个单元格都与它相遇。</translation>
    </message>
    <message>
        <source>{a} is one value: every cell of {b} {sb} meets it.</source>
        <translation>{a} 是一个值：{b} {sb} 的每个单元格都与它相遇。</translation>
    </message>
    <message>
        <source>{function}: cells of the same place meet, one pair for each cell of {name}.</source>
        <translation>{function}：同一位置的单元格相遇，{name} 的每个单元格对应一对。</translation>
    </message>
    <message>
        <source>Each value of {operand} is converted from {was} to {now}.</source>
        <translation>{operand} 的每个值从 {was} 转换为 {now}。</translation>
    </message>
    <message>
        <source>Each value of {operand} is copied to the device {device}.</source>
        <translation>{operand} 的每个值被复制到设备 {device}。</translation>
    </message>
    <message>
        <source>Each value of {operand} goes to the same place of {name}.</source>
        <translation>{operand} 的每个值去往 {name} 的同一位置。</translation>
    </message>
    <message>
        <source>{function}: the axes change places, {letters}. {operand} {was} becomes {name} {shape}.</source>
        <translation>{function}：轴交换位置，{letters}。{operand} {was} 变成 {name} {shape}。</translation>
    </message>
    <message>
        <source>{function}: {name} has the shape of {operand}, {shape}.</source>
        <translation>{function}：{name} 的形状与 {operand} 相同，{shape}。</translation>
    </message>
    <message>
        <source>{function}: an axis of length 1 goes. {operand} {was} becomes {name} {shape}; no cell changes.</source>
        <translation>{function}：去掉一个长度为 1 的轴。{operand} {was} 变成 {name} {shape}；单元格都不变。</translation>
    </message>
    <message>
        <source>{function}: an axis of length 1 comes. {operand} {was} becomes {name} {shape}; no cell changes.</source>
        <translation>{function}：增加一个长度为 1 的轴。{operand} {was} 变成 {name} {shape}；单元格都不变。</translation>
    </message>
    <message>
        <source>{function}: {operand} {was} becomes {name} {shape}, in the same reading order.</source>
        <translation>{function}：{operand} {was} 变成 {name} {shape}，阅读顺序不变。</translation>
    </message>
    <message>
        <source>{function}: {operand} {was} becomes {name} {shape}.</source>
        <translation>{function}：{operand} {was} 变成 {name} {shape}。</translation>
    </message>
    <message>
        <source>Each cell of {operand} goes to its place in {name}; no value changes.</source>
        <translation>{operand} 的每个单元格去往它在 {name} 中的位置；值都不变。</translation>
    </message>
    <message>
        <source>{function}: {name} is {operand}, but for the cells where {other} is put; the cells are given by {choosers}.</source>
        <translation>{function}：{name} 与 {operand} 相同，只有放入 {other} 的单元不同；这些单元由 {choosers} 指定。</translation>
    </message>
    <message>
        <source>The cells of {operand} and those of {other} are copied to their places in {name}; of several, one stays.</source>
        <translation>{operand} 的单元和 {other} 的单元被复制到 {name} 中各自的位置；同一位置有多个时，只留下一个。</translation>
    </message>
    <message>
        <source>dim={dim}: {names} are joined along axis {letter}, which grows. {name} is {shape}.</source>
        <translation>dim={dim}：{names} 沿轴 {letter} 拼接，该轴变长。{name} 是 {shape}。</translation>
    </message>
    <message>
        <source>dim={dim}: {names} are joined along a new axis {letter} of length {count}. {name} is {shape}.</source>
        <translation>dim={dim}：{names} 沿长度为 {count} 的新轴 {letter} 拼接。{name} 是 {shape}。</translation>
    </message>
    <message>
        <source>First each tensor gets the new axis {letter}, of length 1, at dim={dim}.</source>
        <translation>首先每个张量在 dim={dim} 处得到长度为 1 的新轴 {letter}。</translation>
    </message>
    <message>
        <source>{names}: the block slides to its place in {name}.</source>
        <translation>{names}：数据块滑到它在 {name} 中的位置。</translation>
    </message>
    <message>
        <source>{function}: {name} is new and has the shape {shape}.</source>
        <translation>{function}：{name} 是新张量，形状是 {shape}。</translation>
    </message>
    <message>
        <source>{function} gives {name} its values, in reading order.</source>
        <translation>{function} 按阅读顺序给出 {name} 的值。</translation>
    </message>
    <message>
        <source>dim={dim}: the {what} runs along index {letter}. The axis stays; each cell keeps the {what} up to itself.</source>
        <translation>dim={dim}：{what}沿索引 {letter} 累积。轴保留；每个单元格留下到它为止的{what}。</translation>
    </message>
    <message>
        <source>dim={dim}: there is nothing to run along. {name} has the same shape.</source>
        <translation>dim={dim}：没有可以累积的元素。{name} 的形状不变。</translation>
    </message>
    <message>
        <source>{letter} = {k}: the strip starts with these values and leaves a copy.</source>
        <translation>{letter} = {k}：长条以这些值开始，并留下一份副本。</translation>
    </message>
    <message>
        <source>{letter} = {k} joins: the strip leaves the {what} so far.</source>
        <translation>{letter} = {k} 加入：长条留下到此为止的{what}。</translation>
    </message>
    <message>
        <source>+ {count} more, one after another: each leaves the {what} so far.</source>
        <translation>再加 {count} 个，一个接一个：各自留下到此为止的{what}。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>torch refuses this {op}; its reason stands below.</source>
        <translation>torch 拒绝这次 {op}；原因见下方。</translation>
    </message>
    <message>
        <source>torch refuses {op} for {all}; its reason stands below.</source>
        <translation>torch 拒绝对 {all} 执行 {op}；原因见下方。</translation>
    </message>
    <message>
        <source>{one} lives on {where0} and {other} on {where1}; copy one of them to the other&apos;s device first.</source>
        <translation>{one} 在 {where0} 上，而 {other} 在 {where1} 上；请先把其中一个复制到另一个的设备上。</translation>
    </message>
    <message>
        <source>{n0} {s0} lives on meta and has no values to copy to {where}; create it anew there.</source>
        <translation>{n0} {s0} 在 meta 设备上，没有可复制到 {where} 的值；请在那里重新创建。</translation>
    </message>
    <message>
        <source>{name}={axis} names an axis of {n0} {s0} twice; name each axis once.</source>
        <translation>{name}={axis} 把 {n0} {s0} 的某个轴写了两次；每个轴只能写一次。</translation>
    </message>
    <message>
        <source>{name}={shape} is not how {n0} {s0} ends; name the sizes of its last axes, such as {last}.</source>
        <translation>{name}={shape} 与 {n0} {s0} 末尾的轴不符；请给出其最后几个轴的长度，例如 {last}。</translation>
    </message>
    <message>
        <source>{n0} {s0} does not stretch to {shape}: counted from the right, only a length of 1 can, and -1 keeps one.</source>
        <translation>{n0} {s0} 不能扩展为 {shape}：从右数，只有长度 1 可以扩展，-1 表示保持不变。</translation>
    </message>
    <message>
        <source>{op} of no cells has no value, and {n0} {s0} is empty there; choose an axis that is not.</source>
        <translation>没有单元格时 {op} 没有值，而 {n0} {s0} 在那里是空的；请选择一个非空的轴。</translation>
    </message>
    <message>
        <source>{op} takes keepdim only together with dim; choose the axes, or switch keepdim off.</source>
        <translation>{op} 只有同时给出 dim 时才接受 keepdim；请选择轴，或关闭 keepdim。</translation>
    </message>
    <message>
        <source>{op} cannot give {wanted} here; choose another dtype or leave it out.</source>
        <translation>{op} 在这里不能给出 {wanted}；请选择其他数据类型 (dtype) 或省略它。</translation>
    </message>
    <message>
        <source>{op} needs fractions, and {n0} {s0} is {d0}; convert it to float32 first.</source>
        <translation>{op} 需要小数，而 {n0} {s0} 是 {d0}；请先转换为 float32。</translation>
    </message>
    <message>
        <source>torch fails at {op} for {all}, by a fault of its own; convert or reshape what it works on first.</source>
        <translation>torch 在对 {all} 执行 {op} 时因自身的错误而失败；请先转换它，或用 reshape 改变其形状。</translation>
    </message>
    <message>
        <source>{op} needs at least one tensor; add one.</source>
        <translation>{op} 至少需要一个张量；请添加一个。</translation>
    </message>
    <message>
        <source>{name}={axis} is out of range: {n0} {s0} is {rank}-d, so choose {low} to {high}.</source>
        <translation>{name}={axis} 超出范围：{n0} {s0} 是 {rank} 维，请在 {low} 到 {high} 之间选择。</translation>
    </message>
    <message>
        <source>{name}={axis} names {count} axes, and {n0} {s0} is {rank}-d; name each axis once.</source>
        <translation>{name}={axis} 写了 {count} 个轴，而 {n0} {s0} 是 {rank} 维；每个轴写一次。</translation>
    </message>
    <message>
        <source>{shape} is no shape for {n0} {s0}: sizes are 0 or more, and one may be -1 to be worked out.</source>
        <translation>{shape} 不能作为 {n0} {s0} 的形状：长度须大于等于 0，其中一个可写 -1 由其余推算。</translation>
    </message>
    <message>
        <source>{op} does not work for {all}; convert to another dtype first.</source>
        <translation>{op} 不适用于 {all}；请先转换为其他数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>{op} needs fractions, and {n0} {s0} is {d0}; convert it to float32 first, or choose dtype=float32.</source>
        <translation>{op} 需要小数，而 {n0} {s0} 是 {d0}；请先转换为 float32，或选择 dtype=float32。</translation>
    </message>
    <message>
        <source>{n0} {s0} has {count} cells, which do not fill {shape}; sizes must multiply to {count}.</source>
        <translation>{n0} {s0} 有 {count} 个单元格，填不成 {shape}；各长度之积必须是 {count}。</translation>
    </message>
    <message>
        <source>{count} cells are too many for the clipboard; {most} are the most.</source>
        <translation>{count} 个单元格超出剪贴板的上限；最多 {most} 个。</translation>
    </message>
    <message>
        <source>The text has shape {shape} and no values: there is nothing to paste.</source>
        <translation>文本的形状是 {shape}，没有数值：没有可粘贴的内容。</translation>
    </message>
    <message>
        <source>A block of shape {block} does not fit at [{corner}] of shape {shape}. Make the tensor larger.</source>
        <translation>形状为 {block} 的数据块放不进形状 {shape} 的 [{corner}] 处。请扩大张量。</translation>
    </message>
    <message>
        <source>Nothing was pasted. For [{cell}]: {reason}</source>
        <translation>没有粘贴任何内容。[{cell}]：{reason}</translation>
    </message>
    <message>
        <source>{op} needs indices, a tensor of whole numbers (int64) that says which cells; make one, and choose it.</source>
        <translation>{op} 需要索引，即说明是哪些单元的整数 (int64) 张量；请先创建一个，再选中它。</translation>
    </message>
    <message>
        <source>{op} needs a mask, a tensor of True and False; make one by comparing, as {name} &gt; 0 does, and choose it.</source>
        <translation>{op} 需要一个掩码，即由 True 和 False 组成的张量；请用比较来生成一个，例如 {name} &gt; 0，再选择它。</translation>
    </message>
    <message>
        <source>{op} needs a tensor in every place; choose one from the shelf.</source>
        <translation>{op} 的每个位置都需要一个张量；请从张量架上选择。</translation>
    </message>
    <message>
        <source>{op} writes into its first operand; choose a tensor for that.</source>
        <translation>{op} 会写入它的第一个操作数；请为它选择一个张量。</translation>
    </message>
    <message>
        <source>{op} of two numbers is no tensor; choose a tensor for one of them.</source>
        <translation>两个数的 {op} 不是张量；请为其中之一选择一个张量。</translation>
    </message>
    <message>
        <source>{op} needs {name}; fill it in.</source>
        <translation>{op} 需要 {name}；请填写。</translation>
    </message>
    <message>
        <source>{op} needs a dtype or a device; choose one.</source>
        <translation>{op} 需要数据类型 (dtype) 或设备；请选择一个。</translation>
    </message>
    <message>
        <source>A picture of the stage is a .png or a .svg file, not “{name}”.</source>
        <translation>展示区的图片只能是 .png 或 .svg 文件，不能是“{name}”。</translation>
    </message>
    <message>
        <source>“{text}” is no index of shape ({shape}).</source>
        <translation>“{text}”不是形状 ({shape}) 的索引。</translation>
    </message>
    <message>
        <source>Type a shape such as 3, 4; () is a shape of no axes.</source>
        <translation>请输入形状，如 3, 4；() 表示没有轴的形状。</translation>
    </message>
    <message>
        <source>A size cannot be negative: {part}.</source>
        <translation>长度不能为负：{part}。</translation>
    </message>
    <message>
        <source>“{part}” is no size. Type whole numbers such as 3, 4.</source>
        <translation>“{part}”不是长度。请输入整数，如 3, 4。</translation>
    </message>
    <message>
        <source>{name} is a NumPy array already.</source>
        <translation>{name} 已经是 NumPy 数组。</translation>
    </message>
    <message>
        <source>{name} is a tensor already.</source>
        <translation>{name} 已经是张量。</translation>
    </message>
    <message>
        <source>{what} with strides {strides} cannot become a tensor.</source>
        <translation>步长为 {strides} 的 {what} 不能成为张量。</translation>
    </message>
    <message>
        <source>{what} runs backwards through memory (strides {strides} bytes), which no tensor can; duplicate it first: a copy has its own order.</source>
        <translation>{what} 在内存中倒着走（步长 (strides) 为 {strides} 字节），张量做不到；请先创建副本：副本有自己的顺序。</translation>
    </message>
    <message>
        <source>{name} is a tensor; make a NumPy array of it first.</source>
        <translation>{name} 是张量；请先把它变成 NumPy 数组。</translation>
    </message>
    <message>
        <source>NumPy refuses {code} for {what}.</source>
        <translation>NumPy 拒绝对 {what} 执行 {code}。</translation>
    </message>
    <message>
        <source>Something follows the last bracket: leave it out.</source>
        <translation>最后一个括号后面还有内容：请去掉。</translation>
    </message>
    <message>
        <source>{text} is not understood: write numbers, commas and brackets, as in [[1, 2], [3, 4]].</source>
        <translation>无法理解 {text}：请写数字、逗号和方括号，如 [[1, 2], [3, 4]]。</translation>
    </message>
    <message>
        <source>A bracket is not closed: copy the text whole.</source>
        <translation>有括号没有闭合：请完整复制文本。</translation>
    </message>
    <message>
        <source>This bracket does not fit the one that was opened.</source>
        <translation>这个括号与打开的括号不匹配。</translation>
    </message>
    <message>
        <source>A value is missing here.</source>
        <translation>这里缺少一个值。</translation>
    </message>
    <message>
        <source>A comma is missing here.</source>
        <translation>这里缺少逗号。</translation>
    </message>
    <message>
        <source>{text} has a decimal comma: write a point, as in {number}.</source>
        <translation>{text} 用逗号作小数点：请改用点，例如 {number}。</translation>
    </message>
    <message>
        <source>{text} can mean {number} or {other}: write the one that is meant.</source>
        <translation>{text} 可能表示 {number} 或 {other}：请写出所指的那个数。</translation>
    </message>
    <message>
        <source>{text} is not spelt as a number: write {number}.</source>
        <translation>{text} 不是数的写法：请写成 {number}。</translation>
    </message>
    <message>
        <source>{text} stands for a missing value: write nan in a floating dtype, or leave its row out.</source>
        <translation>{text} 表示缺失值：请在浮点类型中写 nan，或去掉它所在的行。</translation>
    </message>
    <message>
        <source>{text} looks like a date, a time or a version: paste the columns of numbers without it.</source>
        <translation>{text} 像是日期、时间或版本号：请粘贴不含它的数字列。</translation>
    </message>
    <message>
        <source>{text} contains {mark}, which is no digit: write the number with digits 0 to 9.</source>
        <translation>{text} 中的 {mark} 不是数字：请用 0 到 9 写出这个数。</translation>
    </message>
    <message>
        <source>{text} has {mark} behind its number: write the number alone, such as {number}.</source>
        <translation>{text} 的数后面带有 {mark}：请只写数，例如 {number}。</translation>
    </message>
    <message>
        <source>{text} can mean {number}, a power, or {other} with a footnote: write the one that is meant.</source>
        <translation>{text} 可能是乘方 {number}，也可能是带脚注的 {other}：请写出所指的那个数。</translation>
    </message>
    <message>
        <source>The text leaves numbers out here: copy the tensor whole, for example print(A.tolist()).</source>
        <translation>文本在此处省略了数字：请完整复制张量，例如 print(A.tolist())。</translation>
    </message>
    <message>
        <source>The brackets are nested deeper than {depth} axes.</source>
        <translation>括号嵌套超过 {depth} 个轴。</translation>
    </message>
    <message>
        <source>There are more than {count} values: save them as a file and open that.</source>
        <translation>值超过 {count} 个：请保存为文件再打开。</translation>
    </message>
    <message>
        <source>{name} is no dtype that is known here: write one such as torch.float32.</source>
        <translation>{name} 不是已知的数据类型 (dtype)：请写例如 torch.float32。</translation>
    </message>
    <message>
        <source>The size {text} does not fit a tensor without values.</source>
        <translation>长度 {text} 不适合没有值的张量。</translation>
    </message>
    <message>
        <source>Row [{place}] has length {count}, but row [{first}] has {expected}: give every row the same number of values.</source>
        <translation>行 [{place}] 的长度是 {count}，而行 [{first}] 是 {expected}：请让每行的值一样多。</translation>
    </message>
    <message>
        <source>What stands at [{place}] has shape {shape}, but at [{first}] it has {expected}: give all the same shape.</source>
        <translation>[{place}] 处的形状是 {shape}，而 [{first}] 处是 {expected}：请让它们的形状相同。</translation>
    </message>
    <message>
        <source>Line {line}, character {column}: {problem}</source>
        <translation>第 {line} 行第 {column} 个字符：{problem}</translation>
    </message>
    <message>
        <source>{name} is a result; only a created tensor can be defined anew.</source>
        <translation>{name} 是运算结果；只有新建的张量才能重新定义。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, writes to {name}.</source>
        <translation>第 {number} 步“{code}”会写入 {name}。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, changes the shape of {name}.</source>
        <translation>第 {number} 步“{code}”会改变 {name} 的形状。</translation>
    </message>
    <message>
        <source>{name} cannot hold {value} at {cell}.</source>
        <translation>{name} 的 {cell} 处不能存放 {value}。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, needs {name}. Freeze its result to keep it.</source>
        <translation>第 {number} 步“{code}”需要 {name}。请固定其结果以保留它。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, would be refused while autograd records: {reason} Freeze to keep the gradients as values.</source>
        <translation>第 {number} 步“{code}”在 autograd 记录时会被拒绝：{reason}请固定以把梯度保留为数值。</translation>
    </message>
    <message>
        <source>[{key}] does not fit {what}.</source>
        <translation>[{key}] 不适合 {what}。</translation>
    </message>
    <message>
        <source>There is no text to paste: copy some cells or a list of numbers first.</source>
        <translation>没有可粘贴的文本：请先复制一些单元格或一列数字。</translation>
    </message>
    <message>
        <source>{text} can be one number, {number}, or the cells {cells}: write {number}, or a space after each comma, as in {spaced}.</source>
        <translation>{text} 可能是一个数 {number}，也可能是几个单元格 {cells}：请写成 {number}，或在每个逗号后加空格，例如 {spaced}。</translation>
    </message>
    <message>
        <source>{text} can be one number, {number} or {other}, or the cells {cells}: write the number that is meant, or a space after each comma, as in {spaced}.</source>
        <translation>{text} 可能是一个数（{number} 或 {other}），也可能是几个单元格 {cells}：请写出所指的那个数，或在每个逗号后加空格，例如 {spaced}。</translation>
    </message>
    <message>
        <source>A quotation mark (&quot;) is not closed: copy the cells whole.</source>
        <translation>引号 (&quot;) 没有闭合：请完整复制单元格。</translation>
    </message>
    <message>
        <source>The first row has {count} cells and the others {width}: copy the numbers without headings and indices.</source>
        <translation>第一行有 {count} 个单元格，其余各行有 {width} 个：请只复制数字，不要表头和行号。</translation>
    </message>
    <message>
        <source>At [{place}]: {problem}</source>
        <translation>[{place}] 处：{problem}</translation>
    </message>
    <message>
        <source>“{name}” cannot be a name: it must be a Python identifier.</source>
        <translation>“{name}”不能用作名称：必须是 Python 标识符。</translation>
    </message>
    <message>
        <source>There is already a {name}.</source>
        <translation>已经有 {name} 了。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, needs {name}. Freeze it to keep its values.</source>
        <translation>第 {number} 步“{code}”需要 {name}。请固定它以保留数值。</translation>
    </message>
    <message>
        <source>Step {number}, “{code}”, would fail: {reason} Freeze it to keep its values.</source>
        <translation>第 {number} 步“{code}”会失败：{reason}请固定它以保留数值。</translation>
    </message>
    <message>
        <source>{name} is a NumPy array; make a tensor of it first.</source>
        <translation>{name} 是 NumPy 数组；请先把它变成张量。</translation>
    </message>
    <message>
        <source>{what} lives on meta and has no memory that NumPy could see.</source>
        <translation>{what} 在 meta 上，没有 NumPy 能看到的内存。</translation>
    </message>
    <message>
        <source>{what} lives on {where}, and NumPy sees only the memory of the CPU: copy it to the CPU first.</source>
        <translation>{what} 在 {where} 上，而 NumPy 只能看到 CPU 的内存：请先把它复制到 CPU。</translation>
    </message>
    <message>
        <source>{what} is conjugated by a mark and not in memory, which NumPy does not know: duplicate it first.</source>
        <translation>{what} 的共轭只是一个标记，没有写入内存，NumPy 不认识它：请先创建副本。</translation>
    </message>
    <message>
        <source>{what} is negated by a mark and not in memory, which NumPy does not know: duplicate it first.</source>
        <translation>{what} 的取负只是一个标记，没有写入内存，NumPy 不认识它：请先创建副本。</translation>
    </message>
    <message>
        <source>{what} is of a dtype that NumPy does not have: convert it first.</source>
        <translation>{what} 的数据类型 (dtype) 是 NumPy 没有的：请先转换。</translation>
    </message>
    <message>
        <source>{what} cannot be copied into memory of its own.</source>
        <translation>{what} 无法复制到自己的内存中。</translation>
    </message>
    <message>
        <source>The cell is empty: type a value, such as {example}.</source>
        <translation>单元格是空的：请输入一个值，如 {example}。</translation>
    </message>
    <message>
        <source>{text} is no number: type a value of {dtype}, such as {example}.</source>
        <translation>{text} 不是数：请输入 {dtype} 的值，如 {example}。</translation>
    </message>
    <message>
        <source>Values of {dtype} cannot be typed: choose another dtype.</source>
        <translation>无法输入 {dtype} 的值：请选择其他数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>{text} is complex and {dtype} is not: leave out the imaginary part or choose complex64.</source>
        <translation>{text} 是复数而 {dtype} 不是：请去掉虚部，或选择 complex64。</translation>
    </message>
    <message>
        <source>{text} is neither True nor False: type one of these, or 1 or 0.</source>
        <translation>{text} 既不是 True 也不是 False：请输入其中之一，或 1、0。</translation>
    </message>
    <message>
        <source>{dtype} has no {text}: its values end at {high}; choose float32 for it.</source>
        <translation>{dtype} 没有 {text}：它的值最大到 {high}；请改用 float32。</translation>
    </message>
    <message>
        <source>{dtype} holds only powers of two above zero: {text} is none of them.</source>
        <translation>{dtype} 只能表示大于零的 2 的幂：{text} 不是。</translation>
    </message>
    <message>
        <source>{dtype} has no {text}: choose a floating dtype, such as float32.</source>
        <translation>{dtype} 没有 {text}：请选择浮点数据类型，如 float32。</translation>
    </message>
    <message>
        <source>{text} is outside the range of {dtype}, {low} to {high}: type one of these or choose a wider dtype.</source>
        <translation>{text} 超出 {dtype} 的范围（{low} 到 {high}）：请输入范围内的值，或选择更宽的数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>{text} is no whole number, and {dtype} holds no others: type {below} or {above}, or choose float32.</source>
        <translation>{text} 不是整数，而 {dtype} 只能存整数：请输入 {below} 或 {above}，或选择 float32。</translation>
    </message>
    <message>
        <source>{text} is too large for {dtype}, which ends at {high}: choose a wider dtype.</source>
        <translation>{text} 对 {dtype} 来说太大，它最大到 {high}：请选择更宽的数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>{text} is too large for {dtype}, which ends at {high}: type inf, or choose a wider dtype.</source>
        <translation>{text} 对 {dtype} 来说太大，它最大到 {high}：请输入 inf，或选择更宽的数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>There is no {name} on the shelf.</source>
        <translation>张量架上没有 {name}。</translation>
    </message>
    <message>
        <source>“{code}” is refused for {what}.</source>
        <translation>对 {what} 执行“{code}”被拒绝。</translation>
    </message>
    <message>
        <source>{method} is no in-place operation on the values of {name}.</source>
        <translation>{method} 不是对 {name} 的值的原地运算。</translation>
    </message>
    <message>
        <source>low ({low}) must be smaller than high ({high}).</source>
        <translation>low（{low}）必须小于 high（{high}）。</translation>
    </message>
    <message>
        <source>eye has two axes, rows and columns, but shape {shape} has {rank}.</source>
        <translation>eye 有行和列两个轴，而形状 {shape} 有 {rank} 个。</translation>
    </message>
    <message>
        <source>{count} values do not fill shape {shape}, which has {cells} cells.</source>
        <translation>{count} 个值填不满形状 {shape}，它有 {cells} 个单元格。</translation>
    </message>
    <message>
        <source>“{text}” is no whole number for {field}.</source>
        <translation>“{text}”不是 {field} 所需的整数。</translation>
    </message>
    <message>
        <source>“{text}” is no number for {field}.</source>
        <translation>“{text}”不是 {field} 所需的数。</translation>
    </message>
    <message>
        <source>torch.{op} refuses this; its reason stands below.</source>
        <translation>torch.{op} 拒绝执行；原因见下方。</translation>
    </message>
    <message>
        <source>torch.{op} refuses this for {dtype}; its reason stands below.</source>
        <translation>torch.{op} 对 {dtype} 拒绝执行；原因见下方。</translation>
    </message>
    <message>
        <source>{cells} cells are too many to follow one by one (at most {most}); look at a part of them.</source>
        <translation>{cells} 个单元格太多，无法逐个追踪（最多 {most} 个）；请只看其中一部分。</translation>
    </message>
    <message>
        <source>torch does not take numbers of positions for {op}, so it is not followed.</source>
        <translation>torch 的 {op} 不能对位置编号做运算，所以无法追踪。</translation>
    </message>
    <message>
        <source>{op} wants at least {least} axes, and {n0} is {s0}; unsqueeze it first.</source>
        <translation>{op} 至少需要 {least} 个轴，而 {n0} 是 {s0}；请先 unsqueeze。</translation>
    </message>
    <message>
        <source>{op} wants as many matrices of each, and {n0} is {s0}, {n1} is {s1}; matmul stretches a length of 1.</source>
        <translation>{op} 要求两边的矩阵个数相同，而 {n0} 是 {s0}，{n1} 是 {s1}；matmul 会扩展长度为 1 的轴。</translation>
    </message>
    <message>
        <source>{op} wants tensors with axes, and {n0} is {s0}, {n1} is {s1}; use * to multiply by a 0-d tensor.</source>
        <translation>{op} 要求有轴的张量，而 {n0} 是 {s0}，{n1} 是 {s1}；与零维张量相乘请用 *。</translation>
    </message>
    <message>
        <source>{op} multiplies along the last axis of {n0} {s0} and the second-last of {n1} {s1}, and {left} is not {right}; transpose or reshape one of them.</source>
        <translation>{op} 沿 {n0} {s0} 的最后一个轴与 {n1} {s1} 的倒数第二个轴相乘，而 {left} 不等于 {right}；请对其中一个转置 (transpose) 或变形 (reshape)。</translation>
    </message>
    <message>
        <source>{op} multiplies along the last axis of {n0} {s0} and the only one of {n1} {s1}, and {left} is not {right}; transpose or reshape one of them.</source>
        <translation>{op} 沿 {n0} {s0} 的最后一个轴与 {n1} {s1} 唯一的轴相乘，而 {left} 不等于 {right}；请对其中一个转置 (transpose) 或变形 (reshape)。</translation>
    </message>
    <message>
        <source>{op} multiplies along axis {first} of {one} {shape0} and axis {second} of {other} {shape1}, and {left} is not {right}; transpose or reshape one of them.</source>
        <translation>{op} 沿 {one} {shape0} 的轴 {first} 和 {other} {shape1} 的轴 {second} 相乘，而 {left} 不等于 {right}；请转置其中一个，或用 reshape 改变其形状。</translation>
    </message>
    <message>
        <source>{one} {shape0} and {other} {shape1} do not line up: at axis {axis}, counted from the right, {left} meets {right}, and only a length of 1 can stretch; reshape or unsqueeze one of them.</source>
        <translation>{one} {shape0} 和 {other} {shape1} 无法对齐：从右数的轴 {axis} 上，{left} 遇到 {right}，而只有长度 1 可以扩展（广播）；请对其中一个使用 reshape 或 unsqueeze。</translation>
    </message>
    <message>
        <source>{op} wants equal shapes, and {n0} is {s0} but {other} is {shape}; use cat or reshape.</source>
        <translation>{op} 要求形状相同，而 {n0} 是 {s0}，{other} 是 {shape}；请用 cat 或 reshape。</translation>
    </message>
    <message>
        <source>{op} along dim={dim} wants every other axis equal, and {n0} is {s0} but {other} is {shape}; choose another axis or reshape.</source>
        <translation>沿 dim={dim} 的 {op} 要求其他轴都相同，而 {n0} 是 {s0}，{other} 是 {shape}；请另选一个轴或 reshape。</translation>
    </message>
    <message>
        <source>{op} joins along an axis, and {n0} is {s0}; use stack.</source>
        <translation>{op} 沿某个轴拼接，而 {n0} 是 {s0}；请用 stack。</translation>
    </message>
    <message>
        <source>{op} wants one dtype, and {one} {shape0} is {dtype0} but {other} {shape1} is {dtype1}; convert one of them.</source>
        <translation>{op} 要求同一种 dtype，而 {one} {shape0} 是 {dtype0}，{other} {shape1} 是 {dtype1}；请转换其中一个。</translation>
    </message>
    <message>
        <source>“{file}” is a folder or a device; choose another name.</source>
        <translation>“{file}”是文件夹或设备文件；请换一个名称。</translation>
    </message>
    <message>
        <source>“{file}” is a folder; choose a file in it.</source>
        <translation>“{file}”是文件夹；请选择其中的文件。</translation>
    </message>
    <message>
        <source>“{file}” is no file with an end, but a device or a pipe; choose a file.</source>
        <translation>“{file}”不是有结尾的普通文件，而是设备文件或管道；请选择一个文件。</translation>
    </message>
    <message>
        <source>“{file}” cannot be the name of a file; choose one that is there.</source>
        <translation>“{file}”不能作为文件名；请选择一个存在的文件。</translation>
    </message>
    <message>
        <source>“{file}” holds {count} tensors; say which one: {names}.</source>
        <translation>“{file}”中有 {count} 个张量；请指明是哪一个：{names}。</translation>
    </message>
    <message>
        <source>There is no “{name}” in “{file}”; it holds {names}.</source>
        <translation>“{file}”中没有“{name}”；其中有 {names}。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” holds Python objects, which can run programs; save it as numbers, as with astype(float).</source>
        <translation>“{file}”中的“{name}”含有 Python 对象，可能会运行程序；请保存为数，例如用 astype(float)。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” has dtype {dtype}, which torch does not have; save it as numbers that torch has.</source>
        <translation>“{file}”中的“{name}”的数据类型 (dtype) 是 {dtype}，torch 没有这种类型；请保存为 torch 支持的类型。</translation>
    </message>
    <message>
        <source>“{file}” says that “{name}” takes {need} and holds {have} of it; get it again where it came from.</source>
        <translation>“{file}”声明“{name}”占 {need}，实际却只有 {have}；请从来源处重新获取。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” has {rank} axes and at most 64 can be shown; save it with fewer.</source>
        <translation>“{file}”中的“{name}”有 {rank} 个轴，而最多能显示 64 个；请减少轴后再保存。</translation>
    </message>
    <message>
        <source>“{file}” holds {count} members, which is too many; save what matters of it.</source>
        <translation>“{file}”中有 {count} 个成员，太多了；请只保存其中需要的部分。</translation>
    </message>
    <message>
        <source>“{file}” holds “{name}” twice; save it again under different names.</source>
        <translation>“{file}”中有两个“{name}”；请用不同的名称重新保存。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is encrypted or oddly packed; save it with numpy.savez.</source>
        <translation>“{file}”中的“{name}”已加密或压缩方式特殊；请用 numpy.savez 保存。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is no array; open the other members.</source>
        <translation>“{file}”中的“{name}”不是数组；请打开其他成员。</translation>
    </message>
    <message>
        <source>“{file}” holds no tensors; choose another file.</source>
        <translation>“{file}”中没有张量；请选择其他文件。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” would unpack from {packed} to {need}, as bombs do; if it is meant, save it with numpy.savez.</source>
        <translation>“{file}”中的“{name}”解压后会从 {packed} 变成 {need}，像压缩炸弹一样；如果确实如此，请用 numpy.savez 保存。</translation>
    </message>
    <message>
        <source>this is not permitted; ask for the right, or choose another folder</source>
        <translation>没有权限；请申请权限，或选择其他文件夹</translation>
    </message>
    <message>
        <source>there is no such place; choose one that is there</source>
        <translation>该位置不存在；请选择一个存在的位置</translation>
    </message>
    <message>
        <source>it is a folder; choose a file</source>
        <translation>它是文件夹；请选择文件</translation>
    </message>
    <message>
        <source>the disk is full; free some room, or choose another disk</source>
        <translation>磁盘已满；请腾出空间，或选择其他磁盘</translation>
    </message>
    <message>
        <source>the disk can only be read; choose another folder</source>
        <translation>磁盘是只读的；请选择其他文件夹</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>名称太长；请选择更短的名称</translation>
    </message>
    <message>
        <source>the system refuses; try again, or choose another place</source>
        <translation>系统拒绝了操作；请重试，或选择其他位置</translation>
    </message>
    <message>
        <source>There is no file “{file}”; choose one that is there.</source>
        <translation>文件“{file}”不存在；请选择一个存在的文件。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read: {reason}.</source>
        <translation>无法读取“{file}”：{reason}。</translation>
    </message>
    <message>
        <source>“{file}” was not saved: {reason}.</source>
        <translation>“{file}”未能保存：{reason}。</translation>
    </message>
    <message>
        <source>“{file}” is damaged or was cut short; get it again where it came from.</source>
        <translation>“{file}”已损坏或不完整；请从来源处重新获取。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” takes {need} and {free} are free; close other programs, or open a smaller one.</source>
        <translation>“{file}”中的“{name}”需要 {need} 内存，而可用的只有 {free}；请关闭其他程序，或打开更小的张量。</translation>
    </message>
    <message>
        <source>There is not enough memory for “{file}”; close other programs.</source>
        <translation>内存不足，无法打开或保存“{file}”；请关闭其他程序。</translation>
    </message>
    <message>
        <source>“{file}” needs an ending that says its format: .npy, .npz, .pt or .pth.</source>
        <translation>“{file}”需要表明格式的扩展名：.npy、.npz、.pt 或 .pth。</translation>
    </message>
    <message>
        <source>There is no tensor to save as “{file}”; choose one.</source>
        <translation>没有可保存为“{file}”的张量；请选择一个。</translation>
    </message>
    <message>
        <source>A .npy file holds one tensor and these are {count}; save “{file}” as .npz or .pt.</source>
        <translation>.npy 文件只能存一个张量，而这里有 {count} 个；请把“{file}”保存为 .npz 或 .pt。</translation>
    </message>
    <message>
        <source>{name} is on meta and has no values for “{file}”; make it on a device that holds values.</source>
        <translation>{name} 在 meta 设备上，没有可存入“{file}”的值；请在能存放值的设备上创建它。</translation>
    </message>
    <message>
        <source>{name} is stored as {kind}; make it a plain tensor to save it as “{file}”.</source>
        <translation>{name} 以 {kind} 形式存储；请先变成普通张量，再保存为“{file}”。</translation>
    </message>
    <message>
        <source>NumPy has no {dtype}, which {name} is; convert it to float32, or save “{file}” as .pt.</source>
        <translation>{name} 是 {dtype}，而 NumPy 没有这种类型；请转换为 float32，或把“{file}”保存为 .pt。</translation>
    </message>
    <message>
        <source>A tensor in “{file}” cannot be called “{name}”; rename it.</source>
        <translation>“{file}”中的张量不能叫“{name}”；请重命名。</translation>
    </message>
    <message>
        <source>“{file}” was not saved; look for room on the disk and in memory, and try again.</source>
        <translation>“{file}”未能保存；请检查磁盘空间和内存，然后重试。</translation>
    </message>
    <message>
        <source>“{file}” is a picture; save its array with numpy.save and open that .npy file.</source>
        <translation>“{file}”是图片；请用 numpy.save 保存它的数组，再打开那个 .npy 文件。</translation>
    </message>
    <message>
        <source>“{file}” is an HDF5 file, which cannot be opened yet; save the array in it as .npy with h5py and NumPy.</source>
        <translation>“{file}”是 HDF5 文件，目前还不能打开；请用 h5py 和 NumPy 把其中的数组保存为 .npy。</translation>
    </message>
    <message>
        <source>“{file}” is a Python pickle, which can run programs; have its tensors saved with torch.save or numpy.save.</source>
        <translation>“{file}”是 Python pickle 文件，可能会运行程序；请让人用 torch.save 或 numpy.save 保存其中的张量。</translation>
    </message>
    <message>
        <source>“{file}” is a packed archive; unpack it and open the file inside.</source>
        <translation>“{file}”是压缩包；请解压后打开其中的文件。</translation>
    </message>
    <message>
        <source>“{file}” is a GGUF model, which cannot be opened; open the model&apos;s .pt file instead.</source>
        <translation>“{file}”是 GGUF 模型，无法打开；请改为打开该模型的 .pt 文件。</translation>
    </message>
    <message>
        <source>“{file}” only stands for a file that is kept by git-LFS; run git lfs pull in its folder, and open it again.</source>
        <translation>“{file}” 只是 git-LFS 中某个文件的占位；请在其文件夹中运行 git lfs pull，然后重新打开。</translation>
    </message>
    <message>
        <source>“{file}” only stands for a file that is kept by git-annex; run git annex get in its folder, and open it again.</source>
        <translation>“{file}” 只是 git-annex 中某个文件的占位；请在其文件夹中运行 git annex get，然后重新打开。</translation>
    </message>
    <message>
        <source>“{file}” is a web page, which came in the place of the file; download the file itself once more.</source>
        <translation>“{file}” 是一个网页，下载到的不是文件本身；请重新下载文件本身。</translation>
    </message>
    <message>
        <source>“{file}” is an answer in XML, which came in the place of the file; download the file itself once more.</source>
        <translation>“{file}” 是一段 XML 应答，下载到的不是文件本身；请重新下载文件本身。</translation>
    </message>
    <message>
        <source>“{file}” is a JSON text, which names things and holds no tensors; open the files beside it.</source>
        <translation>“{file}” 是 JSON 文本，只列出名称，不含张量；请打开它旁边的文件。</translation>
    </message>
    <message>
        <source>“{file}” is a table of columns; read it with pandas, and save its to_numpy() with numpy.save.</source>
        <translation>“{file}” 是按列存储的表格；请用 pandas 读取，再用 numpy.save 保存其 to_numpy()。</translation>
    </message>
    <message>
        <source>“{file}” is a MATLAB file; read it with scipy.io.loadmat, and save its arrays with numpy.savez.</source>
        <translation>“{file}” 是 MATLAB 文件；请用 scipy.io.loadmat 读取，再用 numpy.savez 保存其中的数组。</translation>
    </message>
    <message>
        <source>“{file}” is a PDF document; choose a file of tensors.</source>
        <translation>“{file}” 是 PDF 文档；请选择张量文件。</translation>
    </message>
    <message>
        <source>“{file}” is a sound or a film; read it with torchaudio or torchvision, and save what that gives.</source>
        <translation>“{file}” 是音频或视频；请用 torchaudio 或 torchvision 读取，再保存得到的结果。</translation>
    </message>
    <message>
        <source>“{file}” is empty; choose another file.</source>
        <translation>“{file}”是空文件；请选择其他文件。</translation>
    </message>
    <message>
        <source>“{file}” is text; copy the numbers in it and paste them into New tensor (Ctrl+N).</source>
        <translation>“{file}”是文本文件；请复制其中的数，粘贴到“新建张量”中（Ctrl+N）。</translation>
    </message>
    <message>
        <source>“{file}” is a safetensors file, which cannot be opened yet; load it in Python and save it with torch.save.</source>
        <translation>“{file}”是 safetensors 文件，目前还不能打开；请在 Python 中加载它，再用 torch.save 保存。</translation>
    </message>
    <message>
        <source>“{file}” is no tensor file that is known here; open a .npy, .npz, .pt or .pth file.</source>
        <translation>“{file}”不是已知的张量文件；请打开 .npy、.npz、.pt 或 .pth 文件。</translation>
    </message>
    <message>
        <source>“{file}” is no tensor file, whatever its name says; save the tensor anew with numpy.save or torch.save.</source>
        <translation>不论名称如何，“{file}”都不是张量文件；请用 numpy.save 或 torch.save 重新保存张量。</translation>
    </message>
    <message>
        <source>“{file}” is a TorchScript program and not only tensors; save its state_dict() with torch.save and open that.</source>
        <translation>“{file}”是 TorchScript 程序，不只是张量；请用 torch.save 保存它的 state_dict()，再打开该文件。</translation>
    </message>
    <message>
        <source>“{file}” is an exported torch program and not only tensors; save its state_dict with torch.save and open that.</source>
        <translation>“{file}”是导出的 torch 程序，不只是张量；请用 torch.save 保存它的 state_dict，再打开该文件。</translation>
    </message>
    <message>
        <source>“{file}” is a zip archive without tensors; unpack it, or choose another file.</source>
        <translation>“{file}”是没有张量的 zip 压缩包；请解压，或选择其他文件。</translation>
    </message>
    <message>
        <source>“{file}” carries Python objects ({programs}), which can run programs; save only tensors, as in a state_dict().</source>
        <translation>“{file}”含有 Python 对象（{programs}），可能会运行程序；请只保存张量，如 state_dict()。</translation>
    </message>
    <message>
        <source>“{file}” is written in a newer form of pickle than is safe to read; save it with torch.save as it is set.</source>
        <translation>“{file}”使用了较新的 pickle 格式，无法安全读取；请用默认设置的 torch.save 保存。</translation>
    </message>
    <message>
        <source>“{file}” took longer than {seconds} seconds to read; open a smaller one.</source>
        <translation>读取“{file}”超过了 {seconds} 秒；请打开更小的文件。</translation>
    </message>
    <message>
        <source>“{file}” would unpack to {need}, as zip bombs do; if it is meant, save it again with torch.save.</source>
        <translation>“{file}”解压后会有 {need}，像 zip 炸弹一样；如果确实如此，请用 torch.save 重新保存。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is stored as {kind}, which cannot be shown; save it as a plain tensor first.</source>
        <translation>“{file}”中的“{name}”以 {kind} 形式存储，无法显示；请先保存为普通张量。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is quantized: whole numbers with a scale; save its dequantize() to see its values.</source>
        <translation>“{file}” 中的“{name}”是量化张量（带缩放的整数）；请保存其 dequantize() 以查看数值。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is stored as {kind}, without its zeros; save its to_dense() to see all cells.</source>
        <translation>“{file}” 中的“{name}”以 {kind} 存储，不含零；请保存其 to_dense() 以查看所有单元格。</translation>
    </message>
    <message>
        <source>{name} cannot be shown: it is no tensor with all its cells in memory.</source>
        <translation>{name} 无法显示：它不是所有单元格都在内存中的张量。</translation>
    </message>
    <message>
        <source>{name} cannot be shown: it is quantized, whole numbers with a scale; give its dequantize().</source>
        <translation>无法显示 {name}：它是量化张量（带缩放的整数）；请传入其 dequantize()。</translation>
    </message>
    <message>
        <source>{name} cannot be shown: it is {kind}, without its zeros; give its to_dense().</source>
        <translation>无法显示 {name}：它以 {kind} 存储，不含零；请传入其 to_dense()。</translation>
    </message>
    <message>
        <source>{name} cannot be shown: torch does not read values of {dtype}.</source>
        <translation>无法显示 {name}：torch 读不出 {dtype} 的值。</translation>
    </message>
    <message>
        <source>torch could not be made ready, so nothing can be computed.</source>
        <translation>torch 未能就绪，因此无法进行计算。</translation>
    </message>
    <message>
        <source>{op} copies nothing, so axes {outer} and {inner} of {n0} {s0} could only become one if a step along axis {outer} were {size} × {stride} = {needed} slots, and it is {found}; use reshape, which copies.</source>
        <translation>{op} 不复制任何内容，所以 {n0} {s0} 的轴 {outer} 和轴 {inner} 要合成一个轴，沿轴 {outer} 走一步必须是 {size} × {stride} = {needed} 个槽位，而实际是 {found} 个；请改用 reshape，它会复制。</translation>
    </message>
    <message>
        <source>{op} would overwrite {n0}, a leaf that requires gradients; make a new tensor of it instead, or switch its requires_grad off first.</source>
        <translation>{op} 会覆盖 {n0}，而它是需要梯度的叶张量 (leaf)；请改为由它得到新张量，或先关闭它的 requires_grad。</translation>
    </message>
    <message>
        <source>Several cells of {n0} {s0} stand at one place in memory (a stride is 0), so none can be written by itself; take {n0}.clone() first.</source>
        <translation>{n0} {s0} 有若干单元格在内存中位于同一处（有步长 (stride) 为 0），无法单独写入其中一个；请先用 {n0}.clone()。</translation>
    </message>
    <message>
        <source>What is read overlaps in memory with what is written to in {n0} {s0}; take a clone() of one of them first.</source>
        <translation>读取的内存与 {n0} {s0} 中要写入的内存重叠；请先对其中之一取 clone()。</translation>
    </message>
    <message>
        <source>What {op} reads overlaps in memory with what it writes to in {n0} {s0}; take a clone() of one of them first.</source>
        <translation>{op} 读取的内容与它要写入的 {n0} {s0} 在内存中重叠；请先对其中一个用 clone()。</translation>
    </message>
    <message>
        <source>In place {n0} {s0} keeps its shape, and {op} would give {shape}; use {pure}, which makes a new tensor.</source>
        <translation>原地运算时 {n0} {s0} 的形状不变，而 {op} 会得到 {shape}；请改用 {pure}，它会得到新张量。</translation>
    </message>
    <message>
        <source>In place {n0} keeps its dtype {d0}, and {op} would give {dtype}; convert {n0} first, or use {pure}, which makes a new tensor.</source>
        <translation>原地运算时 {n0} 的数据类型 (dtype) 保持 {d0}，而 {op} 会得到 {dtype}；请先转换 {n0}，或改用会得到新张量的 {pure}。</translation>
    </message>
    <message>
        <source>{n0} has dtype {d0}, which has no value {n1}; write another, or convert {n0} first.</source>
        <translation>{n0} 的 dtype 是 {d0}，它没有 {n1} 这个值；请写入别的值，或先转换 {n0}。</translation>
    </message>
    <message>
        <source>[{key}] chooses {shape} of {n0}, and {n1} {s1} does not stretch to that; a length of 1 can, counted from the right.</source>
        <translation>[{key}] 从 {n0} 中选出 {shape}，而 {n1} {s1} 不能扩展成这个形状；从右数，只有长度 1 可以扩展（广播）。</translation>
    </message>
    <message>
        <source>[{key}] names {count} axes, and {n0} {s0} has {rank}; name no more than it has.</source>
        <translation>[{key}] 写了 {count} 个轴，而 {n0} {s0} 只有 {rank} 个；请不要超过它的轴数。</translation>
    </message>
    <message>
        <source>Axis {axis} of {n0} {s0} has length 0: there is no index on it.</source>
        <translation>{n0} {s0} 的轴 {axis} 长度为 0：上面没有索引。</translation>
    </message>
    <message>
        <source>There is no index {part} on axis {axis} of {n0} {s0}; choose {low} to {high}.</source>
        <translation>{n0} {s0} 的轴 {axis} 上没有索引 {part}；请在 {low} 到 {high} 之间选择。</translation>
    </message>
    <message>
        <source>A step of 0 leads nowhere in {n0} {s0}; choose 1 or more.</source>
        <translation>step 为 0，在 {n0} {s0} 中一步也走不了；请选择 1 或更大的值。</translation>
    </message>
    <message>
        <source>torch has no negative steps, unlike NumPy; use flip, which copies, for {n0} {s0}.</source>
        <translation>与 NumPy 不同，torch 的切片不能有负的 step；请对 {n0} {s0} 使用 flip，它会复制。</translation>
    </message>
    <message>
        <source>[{key}] does not fit {n0} {s0}; its masks and indices must fit its axes.</source>
        <translation>[{key}] 不适合 {n0} {s0}；其中的掩码和索引必须与它的轴相符。</translation>
    </message>
    <message>
        <source>{name} is a NumPy array, which lives on the CPU; make a tensor of it, and copy that to {device}.</source>
        <translation>{name} 是 NumPy 数组，只能在 CPU 上；请先由它得到张量，再把张量复制到 {device}。</translation>
    </message>
    <message>
        <source>NumPy has no {dtype}; choose another dtype for the array.</source>
        <translation>NumPy 没有 {dtype}；请为数组选择其他数据类型 (dtype)。</translation>
    </message>
    <message>
        <source>{name} requires gradients, and a NumPy array over its memory could be changed behind autograd&apos;s back; switch requires_grad off first.</source>
        <translation>{name} 需要梯度，而它内存上的 NumPy 数组可能被改动却不为 autograd 所知；请先关闭 requires_grad。</translation>
    </message>
    <message>
        <source>{what} lives on meta, where there are no values to take out.</source>
        <translation>{what} 在 meta 上，那里没有可以取出的值。</translation>
    </message>
    <message>
        <source>{what} has {count} elements; item() takes the only one. Choose one first, or use tolist().</source>
        <translation>{what} 有 {count} 个元素；item() 只能取唯一的元素。请先选出一个，或使用 tolist()。</translation>
    </message>
    <message>
        <source>{what} has no element that item() could take.</source>
        <translation>{what} 没有 item() 可以取的元素。</translation>
    </message>
    <message>
        <source>{what} lives on meta, where there are no values to list.</source>
        <translation>{what} 在 meta 上，那里没有可以列出的值。</translation>
    </message>
    <message>
        <source>{what} cannot be listed.</source>
        <translation>{what} 无法列出。</translation>
    </message>
    <message>
        <source>“{text}” is no number, and no name on the shelf.</source>
        <translation>“{text}”不是数，也不是张量架上的名称。</translation>
    </message>
    <message>
        <source>{what} cannot require gradients: only floating point and complex dtypes can. Convert it first.</source>
        <translation>{what} 不能设为需要梯度：只有浮点和复数类型的 dtype 可以。请先转换。</translation>
    </message>
    <message>
        <source>“{code}” is refused: {name} is a result of what requires gradients; switch it off at its leaves.</source>
        <translation>“{code}”被拒绝：{name} 是由需要梯度的张量得到的结果；请在它的叶张量 (leaf) 处关闭。</translation>
    </message>
    <message>
        <source>“{code}” would overwrite {name}, a leaf that requires gradients; make a new tensor of it instead, or switch its requires_grad off first.</source>
        <translation>“{code}”会覆盖 {name}，而它是需要梯度的叶张量 (leaf)；请改为由它得到新张量，或先关闭它的 requires_grad。</translation>
    </message>
    <message>
        <source>“{code}” cannot overwrite {name} while autograd records it; make a new tensor of it instead.</source>
        <translation>“{code}”不能覆盖 {name}，因为 autograd 正在记录它；请改为由它得到新张量。</translation>
    </message>
    <message>
        <source>“{code}” is refused while autograd records the program.</source>
        <translation>“{code}”在 autograd 记录程序时被拒绝。</translation>
    </message>
    <message>
        <source>{name} was not made from a tensor that requires gradients; switch requires_grad on for one, then make {name} from it again.</source>
        <translation>{name} 不是由需要梯度的张量得到的；请先为某个张量打开 requires_grad，再由它重新得到 {name}。</translation>
    </message>
    <message>
        <source>{name} has more than one element, so backward needs a gradient of its shape: take ones, or make a scalar of it first, as with sum().</source>
        <translation>{name} 不止一个元素，所以 backward 需要一个与它形状相同的梯度：请取全 1，或先把它变成标量，例如用 sum()。</translation>
    </message>
    <message>
        <source>Backward from {name} needs {saved} as “{saver}” saved it, at version {version}; it has been overwritten since and is at version {now}. Undo the write, or make a new tensor instead of writing.</source>
        <translation>从 {name} 做 backward，需要 {saved} 保持“{saver}”保存它时的版本 {version}；它后来被覆盖，现在是版本 {now}。请撤销那次写入，或不写入而改为得到新张量。</translation>
    </message>
    <message>
        <source>{name} was made from {leaf} when that was a leaf; {leaf} has since been overwritten with a result. Undo that write, or make a new tensor instead of writing.</source>
        <translation>得到 {name} 时，{leaf} 还是叶张量 (leaf)；后来 {leaf} 被一个运算结果覆盖了。请撤销那次写入，或不写入而改为得到新张量。</translation>
    </message>
    <message>
        <source>A backward has used up what was saved for {name}; run {name} again from its leaves, or keep the graph in the first backward (retain_graph=True).</source>
        <translation>一次 backward 已用掉了为 {name} 保存的内容；请从叶张量 (leaf) 开始重新计算 {name}，或在第一次 backward 时保留计算图 (retain_graph=True)。</translation>
    </message>
    <message>
        <source>“{code}” is refused: its gradient does not fit {name}.</source>
        <translation>“{code}”被拒绝：给出的梯度与 {name} 不匹配。</translation>
    </message>
    <message>
        <source>“{code}” is refused; the reason of torch stands below.</source>
        <translation>“{code}”被拒绝；torch 给出的原因见下方。</translation>
    </message>
    <message>
        <source>“{text}” is no index; write numbers, slices such as 1:3 or ::2, ..., None, lists of numbers, or the name of a mask.</source>
        <translation>“{text}”不是索引；请写整数、切片（如 1:3 或 ::2）、...、None、整数列表或掩码的名称。</translation>
    </message>
    <message>
        <source>“{code}” cannot be replayed; only an operation on tensors of the shelf can.</source>
        <translation>无法重放“{code}”；只有对张量架上的张量的运算才可以。</translation>
    </message>
    <message>
        <source>{op} of whole numbers has no result where the divisor is 0, as {n1}{place} is; choose another, or convert to float32, where it is inf or nan.</source>
        <translation>整数的 {op} 在除数为 0 处没有结果，而 {n1}{place} 是 0；请换一个值，或转换为 float32（那里结果是 inf 或 nan）。</translation>
    </message>
    <message>
        <source>{op} of whole numbers has no result where the divisor is 0, as {n1} is in {dtype}; choose another, or convert to a larger dtype.</source>
        <translation>整数的 {op} 在除数为 0 处没有结果，而 {n1} 在 {dtype} 中是 0；请换一个值，或转换为更大的 dtype。</translation>
    </message>
    <message>
        <source>{op} of whole numbers takes no exponent below 0, such as {n1}; convert {n0} to float32 first.</source>
        <translation>整数的 {op} 不接受小于 0 的指数（如 {n1}）；请先把 {n0} 转换为 float32。</translation>
    </message>
    <message>
        <source>{number} has no place in {dtype}, which holds {low} to {high}; choose another, or convert first.</source>
        <translation>{dtype} 放不下 {number}，它的范围是 {low} 到 {high}；请换一个值，或先转换类型。</translation>
    </message>
    <message>
        <source>There is not enough memory for this; choose a smaller shape or dtype, or close other programs.</source>
        <translation>内存不足，无法完成此操作；请选择更小的形状或数据类型 (dtype)，或关闭其他程序。</translation>
    </message>
    <message>
        <source>This would take {need} of memory and {free} are free; choose a smaller shape or dtype, or close other programs.</source>
        <translation>这需要 {need} 内存，而可用的只有 {free}；请选择更小的形状或数据类型 (dtype)，或关闭其他程序。</translation>
    </message>
    <message>
        <source>{op} takes indices of int64, and {index} {shape} is {dtype}; convert it first.</source>
        <translation>{op} 的索引要用 int64，而 {index} {shape} 是 {dtype}；请先转换。</translation>
    </message>
    <message>
        <source>{op} chooses by a mask of True and False, and {mask} {shape} is {dtype}; make one by comparing, as {mask} &gt; 0 does, or convert it to bool.</source>
        <translation>{op} 按由 True 和 False 组成的掩码选择，而 {mask} {shape} 是 {dtype}；请用比较生成掩码，例如 {mask} &gt; 0，或将其转换为 bool。</translation>
    </message>
    <message>
        <source>{index} {shape} is {length} long on axis {axis}, and {other} {shape1} is {most} there; {op} takes no index that is longer.</source>
        <translation>{index} {shape} 在轴 {axis} 上长 {length}，而 {other} {shape1} 在那里长 {most}；{op} 不接受更长的索引。</translation>
    </message>
    <message>
        <source>The indices have the shapes {shapes}, which do not stretch to one; a length of 1 can.</source>
        <translation>各索引的形状为 {shapes}，无法扩展为同一形状；只有长度 1 可以扩展。</translation>
    </message>
    <message>
        <source>The indices choose {chosen} of {n0} {s0}, and {value} {shape} does not stretch to that; a length of 1 can, counted from the right.</source>
        <translation>索引选中 {n0} {s0} 的 {chosen}，而 {value} {shape} 无法扩展到该形状；从右数起，只有长度 1 可以扩展。</translation>
    </message>
    <message>
        <source>{op} finds no cell in {subject} {shape}; choose a tensor that has some.</source>
        <translation>{op} 在 {subject} {shape} 中找不到单元格；请选另一个张量。</translation>
    </message>
    <message>
        <source>The index {value} in {index}{at} is out of range: {subject} {shape} has {length} cells, so 0 to {last} will do; change it there.</source>
        <translation>{index}{at} 中的索引 {value} 超出范围：{subject} {shape} 有 {length} 个单元格，可用 0 到 {last}；请在那里修改。</translation>
    </message>
    <message>
        <source>The index {value} in {index}{at} is out of range: axis {axis} of {subject} {shape} has the length {length}, so 0 to {last} will do; change it there, or choose another axis.</source>
        <translation>{index}{at} 中的索引 {value} 超出范围：{subject} {shape} 的轴 {axis} 长度为 {length}，可用 0 到 {last}；请在那里修改，或换一个轴。</translation>
    </message>
    <message>
        <source>Line {line}, “{code}”, is refused: {reason}</source>
        <translation>第 {line} 行“{code}”被拒绝：{reason}</translation>
    </message>
    <message>
        <source>Line {line}, “{code}”, is refused.</source>
        <translation>第 {line} 行“{code}”被拒绝。</translation>
    </message>
    <message>
        <source>The values stand in the file {path}, which is not read here.</source>
        <translation>数值在文件 {path} 中，这里不读取它。</translation>
    </message>
    <message>
        <source>The program has {count} characters, more than {most}: read it in parts.</source>
        <translation>程序有 {count} 个字符，超过 {most} 个：请分段读取。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}, is no step of a program; write it as the code view does.</source>
        <translation>第 {line} 行第 {column} 列不是程序的步骤；请按代码视图的写法书写。</translation>
    </message>
    <message>
        <source>{op} needs an equation: a letter for each axis of each tensor, such as ij,jk-&gt;ik.</source>
        <translation>{op} 需要一个等式：每个张量的每个轴用一个字母表示，例如 ij,jk-&gt;ik。</translation>
    </message>
    <message>
        <source>{equation}: an axis is called by a letter, a to z or A to Z, and {letter} is none.</source>
        <translation>{equation}：轴用一个字母 a 到 z 或 A 到 Z 来称呼，而 {letter} 不是字母。</translation>
    </message>
    <message>
        <source>{equation} is for so many operands: {count}, and there are {given}; add or remove one.</source>
        <translation>{equation} 适用于 {count} 个操作数，而现在有 {given} 个；请增加或去掉一个。</translation>
    </message>
    <message>
        <source>{equation} has {count} letters ({part}) for {one} {shape}; name each of its {rank} axes by one.</source>
        <translation>{equation} 为 {one} {shape} 写了 {count} 个字母（{part}）；请为它的 {rank} 个轴各写一个字母。</translation>
    </message>
    <message>
        <source>{equation}: the result has {letter}, which no operand has; name axes of operands only.</source>
        <translation>{equation}：结果中有 {letter}，但没有操作数含有它；请只写操作数中的轴。</translation>
    </message>
    <message>
        <source>{equation}: the result names {letter} twice; name each of its axes once.</source>
        <translation>{equation}：结果中 {letter} 出现了两次；请让每个轴只出现一次。</translation>
    </message>
    <message>
        <source>{equation}: {letter} is {length} long in {one} {shape0} and {other_length} in {other} {shape1}; axes of one letter have one length.</source>
        <translation>{equation}：{letter} 在 {one} {shape0} 中长度为 {length}，在 {other} {shape1} 中长度为 {other_length}；同一字母的轴长度必须相同。</translation>
    </message>
    <message>
        <source>{op} gives {count} tensors, more than the {most} that there is room for; make fewer, larger parts.</source>
        <translation>{op} 会给出 {count} 个张量，超过了此处能容纳的 {most} 个；请分成更少、更大的部分。</translation>
    </message>
    <message>
        <source>{op} takes {one} with so many axes here: {wanted}, and it is {shape}; reshape, squeeze or unsqueeze it.</source>
        <translation>{op} 在这里要求 {one} 的轴数为 {wanted}，而它是 {shape}；请用 reshape、squeeze 或 unsqueeze。</translation>
    </message>
    <message>
        <source>{op} takes no {name} of {value} for {all}; choose another, such as {other}.</source>
        <translation>对 {all}，{op} 不接受 {name}={value}；请另选一个，例如 {other}。</translation>
    </message>
    <message>
        <source>{op} needs at least one of {names}; choose it.</source>
        <translation>{op} 至少需要 {names} 之一；请选择。</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>{count} rounded</source>
        <translation>{count} 个被舍入</translation>
    </message>
    <message>
        <source>{count} cut to a whole number</source>
        <translation>{count} 个被截断为整数</translation>
    </message>
    <message>
        <source>{count} too small, became 0</source>
        <translation>{count} 个太小，变为 0</translation>
    </message>
    <message>
        <source>{count} became True</source>
        <translation>{count} 个变为 True</translation>
    </message>
    <message>
        <source>{count} without imaginary part</source>
        <translation>{count} 个失去虚部</translation>
    </message>
    <message>
        <source>{count} without minus sign</source>
        <translation>{count} 个失去负号</translation>
    </message>
    <message>
        <source>{count} wrapped</source>
        <translation>{count} 个回绕</translation>
    </message>
    <message>
        <source>{count} saturated</source>
        <translation>{count} 个饱和</translation>
    </message>
    <message>
        <source>{count} became inf</source>
        <translation>{count} 个变为 inf</translation>
    </message>
    <message>
        <source>{count} became NaN</source>
        <translation>{count} 个变为 NaN</translation>
    </message>
    <message>
        <source>{count} out of range, undefined</source>
        <translation>{count} 个超出范围，结果未定义</translation>
    </message>
    <message>
        <source>Rounded: the dtype has no such number, and takes one near by.</source>
        <translation>舍入：这个 dtype 没有这个数，取相近的一个。</translation>
    </message>
    <message>
        <source>Cut to a whole number: the fraction is dropped, toward zero.</source>
        <translation>截断为整数：丢弃小数部分，向零取整。</translation>
    </message>
    <message>
        <source>Became 0: it is smaller than the smallest number of the dtype.</source>
        <translation>变为 0：它比这个 dtype 的最小正数还小。</translation>
    </message>
    <message>
        <source>Became True, as everything but 0 does.</source>
        <translation>变为 True：除 0 以外都是如此。</translation>
    </message>
    <message>
        <source>The imaginary part is dropped.</source>
        <translation>虚部被丢弃。</translation>
    </message>
    <message>
        <source>The minus sign is lost: the dtype has none.</source>
        <translation>负号丢失：这个 dtype 没有负号。</translation>
    </message>
    <message>
        <source>Wrapped: past one end of the range it goes on from the other.</source>
        <translation>回绕：越过范围的一端，又从另一端继续。</translation>
    </message>
    <message>
        <source>Saturated: beyond the largest number of the dtype, which it became.</source>
        <translation>饱和：超出这个 dtype 的最大值，就取最大值。</translation>
    </message>
    <message>
        <source>Became inf: beyond the largest number of the dtype.</source>
        <translation>变为 inf：超出这个 dtype 的最大值。</translation>
    </message>
    <message>
        <source>Became NaN: the dtype has no such number.</source>
        <translation>变为 NaN：这个 dtype 没有这样的数。</translation>
    </message>
    <message>
        <source>Out of range: from a float to a whole number C leaves the result open; another machine may give another one.</source>
        <translation>超出范围：浮点数转换为整数时，C 语言没有规定这种情况的结果；换一台机器可能得到别的值。</translation>
    </message>
</context>
<context>
    <name>memory</name>
    <message>
        <source>The very cells of {source}: nothing was copied.</source>
        <translation>就是 {source} 的那些单元格：没有复制。</translation>
    </message>
    <message>
        <source>A view into the memory of {source}: nothing was copied.</source>
        <translation>{source} 的内存上的视图 (view)：没有复制。</translation>
    </message>
    <message>
        <source>Made in memory of its own.</source>
        <translation>新建在自己的内存中。</translation>
    </message>
    <message>
        <source>A copy of {sources}, in memory of its own.</source>
        <translation>{sources} 的副本，在自己的内存中。</translation>
    </message>
    <message>
        <source>New values, in memory of their own.</source>
        <translation>新的值，在自己的内存中。</translation>
    </message>
    <message>
        <source>It has no cells, and so no slots.</source>
        <translation>它没有单元格，所以也没有槽位。</translation>
    </message>
    <message>
        <source>Stride 0 along axis {axes}: {count} cells read each slot.</source>
        <translation>沿轴 {axes} 的步长 (stride) 为 0：每个槽位由 {count} 个单元格共用。</translation>
    </message>
    <message>
        <source>Reversed along axis {axes}: its steps lead back.</source>
        <translation>沿轴 {axes} 反向：每走一步都往回退。</translation>
    </message>
    <message>
        <source>Its cells overlap: some slots are read by more than one.</source>
        <translation>它的单元格相互重叠：有些槽位由不止一个单元格共用。</translation>
    </message>
    <message>
        <source>1 slot in every {step}, from slot {first} on.</source>
        <translation>从槽位 {first} 起，每 {step} 个槽位取 1 个。</translation>
    </message>
    <message>
        <source>{count} of {total} slots, with gaps, from slot {first} on.</source>
        <translation>从槽位 {first} 起，取 {total} 个槽位中的 {count} 个，中间有间隔。</translation>
    </message>
    <message>
        <source>The whole storage, in reading order.</source>
        <translation>整个存储区 (storage)，按阅读顺序。</translation>
    </message>
    <message>
        <source>The whole storage, but not in reading order.</source>
        <translation>整个存储区 (storage)，但不按阅读顺序。</translation>
    </message>
    <message>
        <source>Slot {first} alone, of {total}.</source>
        <translation>只有槽位 {first}，共 {total} 个。</translation>
    </message>
    <message>
        <source>Slots {first} to {last} of {total}, in reading order.</source>
        <translation>槽位 {first} 到 {last}，共 {total} 个，按阅读顺序。</translation>
    </message>
    <message>
        <source>Slots {first} to {last} of {total}, but not in reading order.</source>
        <translation>槽位 {first} 到 {last}，共 {total} 个，但不按阅读顺序。</translation>
    </message>
</context>
<context>
    <name>notes</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Keep gradients as values and go on</source>
        <translation>把梯度固定为数值并继续</translation>
    </message>
    <message>
        <source>Freeze {name} and go on</source>
        <translation>固定 {name} 并继续</translation>
    </message>
    <message>
        <source>This run has replaced {name}. Keep {name}, beside Run, lets it stay: then a run makes another tensor.</source>
        <translation>这次运行替换了 {name}。“运行”旁边的“保留 {name}”会把它留下，之后运行就生成另一个张量。</translation>
    </message>
    <message>
        <source>torch warns about this operation.</source>
        <translation>torch 对这个运算发出了警告。</translation>
    </message>
    <message>
        <source>Now axis {axis}</source>
        <translation>再看轴 {axis}</translation>
    </message>
    <message>
        <source>Leave the projector view and mend it</source>
        <translation>退出投影视图并改正</translation>
    </message>
    <message>
        <source>Axis {axis} went. Which numbers come out along axis {other}?</source>
        <translation>轴 {axis} 消失了。沿轴 {other} 会得到哪些数？</translation>
    </message>
    <message>
        <source>Nothing runs while the draft line holds what is no value: {reason}</source>
        <translation>草稿行中输入的内容不是有效的值，因此不会运行：{reason}</translation>
    </message>
    <message>
        <source>The program is on the clipboard; it runs in plain Python with torch.</source>
        <translation>程序已复制到剪贴板；有 torch 的普通 Python 即可运行。</translation>
    </message>
    <message>
        <source>The program is on the clipboard; it loads long values from files: save the program to have them.</source>
        <translation>程序已复制到剪贴板；其中较长的数据要从文件读取：请保存程序以得到这些文件。</translation>
    </message>
    <message>
        <source>The program is saved as {path}.</source>
        <translation>程序已保存为 {path}。</translation>
    </message>
    <message>
        <source>The program is saved as {path}, its values in the folder {folder} beside it; run it from there.</source>
        <translation>程序已保存为 {path}，它的数值在旁边的文件夹 {folder} 里；请在那里运行它。</translation>
    </message>
    <message>
        <source>The picture is saved as “{file}”.</source>
        <translation>图片已保存为“{file}”。</translation>
    </message>
    <message>
        <source>Cancelled; nothing has changed.</source>
        <translation>已取消；什么都没有改变。</translation>
    </message>
    <message>
        <source>Opening “{file}” ({number} of {count}, {percent} %) …</source>
        <translation>正在打开“{file}”（第 {number} 个，共 {count} 个，{percent}%）…</translation>
    </message>
    <message>
        <source>Opening “{file}” ({number} of {count}) …</source>
        <translation>正在打开“{file}”（第 {number} 个，共 {count} 个）…</translation>
    </message>
    <message>
        <source>Opening “{file}” ({percent} %) …</source>
        <translation>正在打开“{file}”（{percent}%）…</translation>
    </message>
    <message>
        <source>Opening “{file}” …</source>
        <translation>正在打开“{file}”…</translation>
    </message>
    <message>
        <source>Not all of “{file}” came over: {what}.</source>
        <translation>“{file}”没有全部读入：{what}。</translation>
    </message>
    <message>
        <source>{name} is saved as “{file}”.</source>
        <translation>{name} 已保存为“{file}”。</translation>
    </message>
    <message>
        <source>Not opened: {files}. Open another file, or make a tensor.</source>
        <translation>未能打开：{files}。请打开另一个文件，或新建一个张量。</translation>
    </message>
    <message>
        <source>{code} copied the values into a Python {kind}; it stands in the drawer.</source>
        <translation>{code} 把值复制成一个 Python {kind}；结果在抽屉中。</translation>
    </message>
    <message>
        <source>{name} is a NumPy array, and torch&apos;s operations take tensors.</source>
        <translation>{name} 是 NumPy 数组，而 torch 的运算需要张量。</translation>
    </message>
    <message>
        <source>{code} is {value}: a Python {kind}, no tensor any more.</source>
        <translation>{code} 是 {value}：一个 Python {kind}，不再是张量。</translation>
    </message>
    <message>
        <source>{code} changed {name} in place; no other name is over these cells.</source>
        <translation>{code} 原地修改了 {name}；没有其他名称共享这些单元格。</translation>
    </message>
    <message>
        <source>{code} changed {name} in place. {others} moved too: same memory.</source>
        <translation>{code} 原地修改了 {name}。{others} 也跟着变了：同一块内存。</translation>
    </message>
    <message>
        <source>{new} and {name} are two names of one memory: a write to one shows in the other.</source>
        <translation>{new} 和 {name} 是同一块内存的两个名称：写入其中一个，另一个也会变。</translation>
    </message>
    <message>
        <source>{new} is new, over memory of its own: {names} did not move.</source>
        <translation>{new} 是新的，有自己的内存：{names} 没有变。</translation>
    </message>
    <message>
        <source>{new} on meta has the shape and dtype of {name} and no values: nothing leads back from there but undo.</source>
        <translation>meta 上的 {new} 有 {name} 的形状和 dtype，但没有值：除了撤销，没有办法从那里回来。</translation>
    </message>
    <message>
        <source>{name} is on {device} already: {new} is the same memory.</source>
        <translation>{name} 已经在 {device} 上：{new} 就是同一块内存。</translation>
    </message>
    <message>
        <source>{new} is a copy of {name} on {device}: {bytes} moved in {time}.</source>
        <translation>{new} 是 {name} 在 {device} 上的副本：复制了 {bytes}，用时 {time}。</translation>
    </message>
    <message>
        <source>{gradients}: by how much {name} grows when a cell of {leaves} grows by a little, cell by cell.</source>
        <translation>{gradients}：{leaves} 的单元格增加一点点时 {name} 随之增加多少，逐格给出。</translation>
    </message>
    <message>
        <source>What you type defines {name} anew; what came of it is made again.</source>
        <translation>输入的内容会重新定义 {name}；由它得到的结果会重新计算。</translation>
    </message>
    <message>
        <source>What you type is written into the memory of {name}.</source>
        <translation>输入的内容会写入 {name} 的内存。</translation>
    </message>
    <message>
        <source>What you type is written into the memory of {name}, shared with {names}.</source>
        <translation>输入的内容会写入 {name} 的内存，与 {names} 共享。</translation>
    </message>
    <message>
        <source>{name} has no NaN and no inf.</source>
        <translation>{name} 里没有 NaN，也没有 inf。</translation>
    </message>
    <message>
        <source>Numbers in brackets are read as negative, as in accounts: {text} is {number}.</source>
        <translation>括号中的数按会计写法读作负数：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>A minus behind a number is read as its sign: {text} is {number}.</source>
        <translation>数后面的减号读作它的符号：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Marks between thousands are left out: {text} is {number}.</source>
        <translation>已略去千位分隔符：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Signs of currencies are left out: {text} is {number}.</source>
        <translation>已略去货币符号：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Digits of another script are read as 0 to 9: {text} is {number}.</source>
        <translation>其他文字的数字读作 0 到 9：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Characters that cannot be seen are left out: {text} is {number}.</source>
        <translation>已略去不可见的字符：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Zeros in front are left out: {text} is {number}.</source>
        <translation>已略去开头的零：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>A dash in front of a number is read as a minus: {text} is {number}.</source>
        <translation>数前面的破折号读作负号：{text} 是 {number}。</translation>
    </message>
    <message>
        <source>Commas are read as the ends of cells: {text} is {cells}. For decimals write a point, as in {number}.</source>
        <translation>逗号读作单元格的分隔：{text} 是 {cells}。小数请用点，例如 {number}。</translation>
    </message>
    <message>
        <source>Spaces are read as the ends of cells: {text} is {cells}. For one number write {number}.</source>
        <translation>空格读作单元格的分隔：{text} 是 {cells}。如果是一个数，请写成 {number}。</translation>
    </message>
    <message>
        <source>The first row is left out as the heading: {cells}.</source>
        <translation>第一行作为表头略去：{cells}。</translation>
    </message>
    <message>
        <source>The first column is left out as the index of the rows: {cells}.</source>
        <translation>第一列作为行索引略去：{cells}。</translation>
    </message>
    <message>
        <source>What follows the numbers is left out: {text}.</source>
        <translation>已略去数字后面的内容：{text}。</translation>
    </message>
    <message>
        <source>The first column counts {first}, {second} …; if it numbers the rows, copy the table without it.</source>
        <translation>第一列依次是 {first}、{second}…；如果它是行号，请复制不含它的表格。</translation>
    </message>
    <message>
        <source>Nothing was pasted: {name} was changed or left while the text was read.</source>
        <translation>没有粘贴：读取文本时 {name} 已被修改或离开。</translation>
    </message>
    <message>
        <source>Only the text that was pasted last is read.</source>
        <translation>只读取最后一次粘贴的文本。</translation>
    </message>
    <message>
        <source>There is no axis {axis} here: choose one from 0 to {last}, or from {first} to -1.</source>
        <translation>这里没有轴 {axis}：请选 0 到 {last}，或 {first} 到 -1。</translation>
    </message>
    <message>
        <source>{name} is 0-d: it has no axis to choose.</source>
        <translation>{name} 是 0 维的：没有可选的轴。</translation>
    </message>
    <message>
        <source>{function} takes no axis.</source>
        <translation>{function} 不需要轴。</translation>
    </message>
    <message>
        <source>{function} takes one axis: press its digit alone.</source>
        <translation>{function} 只取一个轴：直接按它的数字。</translation>
    </message>
    <message>
        <source>Only the numbers, their shape and dtype are taken; left behind: {what}.</source>
        <translation>只取数值、形状和数据类型 (dtype)；未带入：{what}。</translation>
    </message>
    <message>
        <source>This is a print with {digits} digits behind the point, as in {text}; the values may have had more.</source>
        <translation>这是打印出来的文本，小数点后只有 {digits} 位，例如 {text}；原来的数值可能有更多位。</translation>
    </message>
    <message>
        <source>{dtype} does not hold {count} of these numbers exactly: {text} becomes {number}. float64 would hold them.</source>
        <translation>{dtype} 不能精确存放其中 {count} 个数：{text} 变成 {number}。float64 可以存放。</translation>
    </message>
    <message>
        <source>{dtype} does not hold {count} of these numbers exactly: {text} becomes {number}.</source>
        <translation>{dtype} 不能精确存放其中 {count} 个数：{text} 变成 {number}。</translation>
    </message>
    <message>
        <source>{dtype} does not hold {text}: it becomes {number}.</source>
        <translation>{dtype} 存不下 {text}：它变成 {number}。</translation>
    </message>
    <message>
        <source>True and False among numbers are read as 1 and 0.</source>
        <translation>数中的 True 和 False 读作 1 和 0。</translation>
    </message>
    <message>
        <source>Commas are read as the ends of cells: {text} is {cells}.</source>
        <translation>逗号读作单元格的分隔：{text} 是 {cells}。</translation>
    </message>
    <message>
        <source>Cancelled: nothing will change. torch does not stop inside of one call, so what you do next waits until that ends; closing the window ends it at once.</source>
        <translation>已取消：什么都不会改变。torch 无法在一次调用的中途停下，所以接下来的操作要等它结束；关闭窗口会立即结束它。</translation>
    </message>
</context>
<context>
    <name>parameters</name>
    <message>
        <source>{text!r} is not a number.</source>
        <translation>{text!r} 不是数。</translation>
    </message>
    <message>
        <source>{text!r} is not a whole number.</source>
        <translation>{text!r} 不是整数。</translation>
    </message>
    <message>
        <source>{text!r} is not a number or a list of numbers, such as [[1, 2], [3, 4]].</source>
        <translation>{text!r} 不是数，也不是数的列表（如 [[1, 2], [3, 4]]）。</translation>
    </message>
</context>
<context>
    <name>promotion</name>
    <message>
        <source>{type}</source>
        <translation>{type}</translation>
    </message>
    <message>
        <source>0-d {type}</source>
        <translation>0 维 {type}</translation>
    </message>
    <message>
        <source>Python {type}</source>
        <translation>Python {type}</translation>
    </message>
    <message>
        <source>{high} beats {low}</source>
        <translation>{high} 胜过 {low}</translation>
    </message>
    <message>
        <source>{high} beats {low}, and a {one} comes as {dtype}</source>
        <translation>{high} 胜过 {low}，而 {one} 按 {dtype} 计算</translation>
    </message>
    <message>
        <source>{high} beats {low}, and {other}, of higher rank, sets the width</source>
        <translation>{high} 胜过 {low}，宽度由等级更高的 {other} 决定</translation>
    </message>
    <message>
        <source>{high} beats {low}, in the width that holds both</source>
        <translation>{high} 胜过 {low}，宽度取能容纳两者的</translation>
    </message>
    <message>
        <source>both are {high}, and a tensor with axes beats a {other}</source>
        <translation>两者都是 {high}，有轴的张量胜过 {other}</translation>
    </message>
    <message>
        <source>both are {high}, and a 0-d tensor beats a {other}</source>
        <translation>两者都是 {high}，0 维张量胜过 {other}</translation>
    </message>
    <message>
        <source>both are {high}, and the wider one holds the other</source>
        <translation>两者都是 {high}，较宽的能容纳另一个</translation>
    </message>
    <message>
        <source>neither holds the other, and {dtype} holds both</source>
        <translation>谁也容纳不了谁，{dtype} 能容纳两者</translation>
    </message>
    <message>
        <source>both are the same</source>
        <translation>两者相同</translation>
    </message>
    <message>
        <source>the operation itself asks for {dtype}</source>
        <translation>运算本身要求 {dtype}</translation>
    </message>
    <message>
        <source>written in place, the first keeps its {dtype}</source>
        <translation>原地写入，第一个操作数保持 {dtype}</translation>
    </message>
    <message>
        <source>torch has no dtype for the two</source>
        <translation>torch 没有适合两者的 dtype</translation>
    </message>
    <message>
        <source>{one} {sign} {other} → {dtype}: {reason}</source>
        <translation>{one} {sign} {other} → {dtype}：{reason}</translation>
    </message>
    <message>
        <source>{number} counts as {read} in {dtype}</source>
        <translation>{number} 在 {dtype} 中算作 {read}</translation>
    </message>
    <message>
        <source>{one} {sign} {other}: {reason}</source>
        <translation>{one} {sign} {other}：{reason}</translation>
    </message>
</context>
<context>
    <name>surprises</name>
    <message>
        <source>The axis that is named is the one that goes: (3, 4) becomes (4,), one sum for each column.</source>
        <translation>写出的轴正是消失的轴：(3, 4) 变成 (4,)，每一列得到一个和。</translation>
    </message>
    <message>
        <source>Axis k is place k of the shape, whatever the rank; here axis 0 counts the pages.</source>
        <translation>无论有几维，轴 k 就是形状中从 0 数起的第 k 个位置；这里轴 0 数的是页。</translation>
    </message>
    <message>
        <source>cat(dim=k) grows the very axis that sum(dim=k) removes.</source>
        <translation>cat(dim=k) 加长的，正是 sum(dim=k) 去掉的那个轴。</translation>
    </message>
    <message>
        <source>-1 is the last axis, -2 the one before; of (3, 4) there is no axis 2.</source>
        <translation>-1 是最后一个轴，-2 是它前面的一个；(3, 4) 没有轴 2。</translation>
    </message>
    <message>
        <source>The sums (2,) are aligned from the right, so they divide columns, without a word on a square matrix; with keepdim=True they are (2, 1) and divide rows.</source>
        <translation>这些和的形状是 (2,)，从右边对齐，所以除的是列，而方阵上不会有任何提示；加上 keepdim=True，形状是 (2, 1)，除的才是行。</translation>
    </message>
    <message>
        <source>Lengths of 1 stretch and missing axes are added at the left, so each value meets every other.</source>
        <translation>长度为 1 的轴会扩展（广播），缺少的轴补在左边，于是一方的每个值都与另一方的每个值相遇。</translation>
    </message>
    <message>
        <source>cat of four (2, 3) gives (8, 3); stack makes a new axis first and gives (4, 2, 3).</source>
        <translation>四个 (2, 3) 用 cat 得到 (8, 3)；stack 先新增一个轴，得到 (4, 2, 3)。</translation>
    </message>
    <message>
        <source>.T reverses all axes, and torch warns; mT swaps the last two, permute names them all.</source>
        <translation>.T 把所有轴倒序，torch 会发出警告；mT 交换最后两个轴，permute 逐一写明所有轴。</translation>
    </message>
    <message>
        <source>A mean has a fraction, and whole numbers have no room for it; choose dtype=float32 for the mean, or convert first. Norms are alike.</source>
        <translation>平均值带有小数，整数类型放不下；请为 mean 选择 dtype=float32，或先转换。范数 (norm) 也是如此。</translation>
    </message>
    <message>
        <source>/ gives fractions: 5 / 2 is 2.5. Rounded with floor, -5 and 2 give -3, with trunc -2. In place it is refused, as the dtype cannot change.</source>
        <translation>/ 得到小数：5 / 2 是 2.5。-5 除以 2，用 floor 取整得 -3，用 trunc 得 -2。原地相除会被拒绝，因为 dtype 不能改变。</translation>
    </message>
    <message>
        <source>{first} is what torch.Tensor(3) gives: three float32 that nobody has written, so they show a question mark. torch.tensor(3) gives a 0-d int64 that holds 3.</source>
        <translation>{first} 就是 torch.Tensor(3) 给出的：三个没有人写入过的 float32，所以显示为问号。torch.tensor(3) 给出的是 0 维 int64，值为 3。</translation>
    </message>
    <message>
        <source>mm takes two matrices whose inner lengths agree, dot two vectors; * multiplies cell by cell and stretches.</source>
        <translation>mm 要求两个内侧长度相等的矩阵，dot 要求两个向量；* 逐元素相乘，并且会扩展（广播）。</translation>
    </message>
    <message>
        <source>vector_norm takes the matrix as one long vector: 1 + 2 + 3 + 4 = 10. torch.linalg.norm(A, 1) is the norm of a matrix, its largest column sum: 6.</source>
        <translation>vector_norm 把矩阵当作一个长向量：1 + 2 + 3 + 4 = 10。torch.linalg.norm(A, 1) 是矩阵范数，即各列绝对值之和中的最大值：6。</translation>
    </message>
    <message>
        <source>The transpose reads the same memory in another order, and no steps of one length lead through it; reshape copies then, view does not. View &gt; Memory shows it.</source>
        <translation>转置后按另一种顺序读取同一块内存，无法用固定的步长 (stride) 走完；这时 reshape 会复制，view 不会。打开“视图 &gt; 内存”就能看到。</translation>
    </message>
    <message>
        <source>from_numpy gives a tensor over the memory of {first}: n += 1 moves both, n = n + 1 makes another array and leaves the tensor alone. torch.tensor(n) would have copied.</source>
        <translation>from_numpy 在 {first} 的内存上给出一个张量：n += 1 会让两者一起变；n = n + 1 得到另一个数组，张量不受影响。如果用 torch.tensor(n)，就会复制。</translation>
    </message>
    <message>
        <source>exp keeps its own result for the gradient. Run the write into {first}, and the shelf marks it before any backward; then inspect the sum and press Backward for torch&apos;s own words.</source>
        <translation>exp 为求梯度保存了自己的结果。运行对 {first} 的写入，不等 backward，张量架就会标出它；再查看求和的结果并按下 backward，就能看到 torch 的原话。</translation>
    </message>
    <message>
        <source>A tensor that is written to keeps its memory, so it keeps its shape and its dtype: what stretches or converts the other operand is fine, what would do so to the target is refused.</source>
        <translation>被写入的张量保留自己的内存，所以形状和 dtype 都不变：扩展或转换另一个操作数没有问题，要扩展或转换目标则会被拒绝。</translation>
    </message>
    <message>
        <source>item() makes one Python number of one element, however many axes of length 1 there are; of two it is refused: use tolist(). Tensor &gt; item() shows both.</source>
        <translation>item() 把唯一的元素变成一个 Python 数，不管有多少个长度为 1 的轴；有两个元素就被拒绝：请用 tolist()。“张量”菜单中两者都有。</translation>
    </message>
    <message>
        <source>torch divides by n - 1 (correction=1): 1.0. NumPy divides by n: 0.667, as torch does with correction=0.</source>
        <translation>torch 除以 n - 1 (correction=1)：1.0。NumPy 除以 n：0.667，torch 用 correction=0 时也是如此。</translation>
    </message>
    <message>
        <source>uint8 ends at 255 and begins again at 0. The sum of a uint8 tensor, though, is int64: sum makes room, + does not.</source>
        <translation>uint8 到 255 为止，再往上又从 0 开始。不过 uint8 张量的 sum 是 int64：sum 会留出空间，+ 不会。</translation>
    </message>
    <message>
        <source>bool &lt; int &lt; float &lt; complex decides first: int32 and a 0-d float64 give float64. Within one kind a tensor with axes beats a 0-d one, and that a Python number: float32 would have stayed float32.</source>
        <translation>首先由 bool &lt; int &lt; float &lt; complex 决定：int32 与 0 维 float64 得到 float64。类别相同时，有轴的张量胜过 0 维张量，0 维张量胜过 Python 数：换成 float32，就会保持 float32。</translation>
    </message>
    <message>
        <source>float32 has about 7 digits: next to 1e8 there is no room for 1, so the order of adding decides.</source>
        <translation>float32 大约有 7 位有效数字：在 1e8 旁边放不下 1，所以结果取决于相加的顺序。</translation>
    </message>
    <message>
        <source>Operands must live on one device; only a 0-d tensor on the CPU may join any. meta has shapes and dtypes and no values, so nothing can come back from it.</source>
        <translation>操作数必须在同一个设备上；只有 CPU 上的 0 维张量可以加入任何设备。meta 只有形状和 dtype，没有值，所以没有什么能从那里回来。</translation>
    </message>
    <message>
        <source>matmul lays the leading axes of (16, 264, 32, 32) in one before it multiplies: 16 x 264 x 32 = 135168 rows of 32. What does not fit is 32 and 20.</source>
        <translation>matmul 先把 (16, 264, 32, 32) 前面的轴合为一个再相乘：16 x 264 x 32 = 135168 行，每行 32 个。对不上的是 32 和 20。</translation>
    </message>
</context>
</TS>
