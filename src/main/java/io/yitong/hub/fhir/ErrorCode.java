package io.yitong.hub.fhir;

import java.text.MessageFormat;
import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * The one error table: HTTP status and FHIR issue type for the API, acknowledgement code (HL7 table
 * 0008) and message error condition (HL7 table 0357) for feeds, texts in Chinese and English.
 * Everything a caller is refused with has its row here.
 */
public enum ErrorCode {
  // The FHIR API
  RESOURCE_MALFORMED(
      400,
      IssueType.STRUCTURE,
      "AE",
      102,
      "不是有效的 FHIR R4 内容：{0}",
      "This is not valid FHIR R4: {0}"),
  ELEMENT_UNKNOWN(
      400,
      IssueType.STRUCTURE,
      "AE",
      102,
      "{0}（第 {1} 行）不是 FHIR R4 的元素",
      "{0} (line {1}) is no element of FHIR R4"),
  ELEMENT_MISSING(
      400, IssueType.REQUIRED, "AE", 101, "缺少必需元素 {0}（第 {1} 行）", "{0} is required (line {1})"),
  ELEMENT_SHAPE_WRONG(
      400,
      IssueType.STRUCTURE,
      "AE",
      102,
      "{0}（第 {1} 行）的 JSON 形式应为 {2}",
      "{0} (line {1}) must be JSON of the form {2}"),
  ELEMENT_VALUE_INVALID(
      400,
      IssueType.VALUE,
      "AE",
      102,
      "{0}（第 {1} 行）的值 {2} 不是有效的 {3}",
      "The value {2} of {0} (line {1}) is no valid {3}"),
  ELEMENT_CHOSEN_TWICE(
      400,
      IssueType.STRUCTURE,
      "AE",
      102,
      "{0}（第 {1} 行）：{2} 只能取一种类型",
      "{0} (line {1}): {2} may have one type only"),
  CODE_NOT_BOUND(
      400,
      IssueType.CODEINVALID,
      "AE",
      103,
      "{0}（第 {1} 行）的代码 {2} 不在必需值集中：{3}",
      "The code {2} of {0} (line {1}) is not of the required value set: {3}"),
  REFERENCE_TARGET_WRONG(
      400,
      IssueType.INVALID,
      "AE",
      102,
      "{0}（第 {1} 行）的引用 {2} 类型不符，应为 {3}",
      "The reference {2} of {0} (line {1}) must lead to {3}"),
  RESOURCE_TYPE_UNEXPECTED(
      400,
      IssueType.INVALID,
      "AE",
      102,
      "资源类型为 {0}，此处应为 {1}",
      "The resource is a {0}; a {1} belongs here"),
  RESOURCE_TYPE_UNKNOWN(
      404,
      IssueType.NOTSUPPORTED,
      "AE",
      200,
      "本平台不保存资源类型 {0}",
      "This hub does not store the resource type {0}"),
  RESOURCE_ID_MISMATCH(
      400,
      IssueType.INVALID,
      "AE",
      102,
      "资源 id {0} 与地址中的 {1} 不一致",
      "The resource''s id {0} is not the {1} of the address"),
  RESOURCE_ID_INVALID(
      400,
      IssueType.VALUE,
      "AE",
      102,
      "资源 id {0} 不符合 FHIR 规定（1 至 64 个字母、数字、- 或 .）",
      "The id {0} is not a FHIR id (1 to 64 letters, digits, - or .)"),
  RESOURCE_NOT_FOUND(404, IssueType.NOTFOUND, "AE", 204, "没有 {0}", "There is no {0}"),
  RESOURCE_DELETED(410, IssueType.DELETED, "AE", 204, "{0} 已删除", "{0} has been deleted"),
  VERSION_CONFLICT(
      412,
      IssueType.CONFLICT,
      "AE",
      206,
      "If-Match 指定的版本为 {0}，当前版本为 {1}；请重新读取后再更新",
      "If-Match names version {0}, the current one is {1}; read it again, then update"),
  BUNDLE_NOT_TRANSACTION(
      400,
      IssueType.INVALID,
      "AE",
      102,
      "Bundle 类型应为 transaction 或 batch，收到 {0}",
      "The Bundle must be a transaction or batch, not {0}"),
  BUNDLE_ENTRY_INVALID(400, IssueType.INVALID, "AE", 102, "第 {0} 个 entry：{1}", "Entry {0}: {1}"),
  BUNDLE_TOO_LARGE(
      413,
      IssueType.TOOCOSTLY,
      "AE",
      102,
      "Bundle 有 {0} 个 entry，最多 {1} 个；请分批发送",
      "The Bundle has {0} entries; {1} is the most: send it in parts"),
  DUPLICATE_IN_TRANSACTION(
      400,
      IssueType.DUPLICATE,
      "AE",
      205,
      "同一事务中 {0} 出现多次",
      "{0} occurs more than once in this transaction"),
  REFERENCE_UNRESOLVED(
      422, IssueType.NOTFOUND, "AE", 204, "引用 {0} 所指资源不存在", "The reference {0} leads to nothing"),
  CONSENT_NOT_ENFORCEABLE(
      422,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "本平台无法执行 {0} 所述的授权条件；请改用机构、用途、资源类型、类别、敏感标签或期限",
      "This hub cannot hold anybody to {0}; say it by institution, purpose, class, code, securityLabel or period"),
  SEARCH_PARAMETER_UNKNOWN(
      400,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "{0} 没有检索参数 {1}；可用参数见 CapabilityStatement",
      "{0} has no search parameter {1}; the CapabilityStatement lists those it has"),
  SEARCH_PARAMETER_NOT_READY(
      400,
      IssueType.TRANSIENT,
      "AE",
      102,
      "{0} 的检索参数 {1} 正在建立索引（{2}），完成后方可使用",
      "The search parameter {1} of {0} is being indexed ({2}) and can be used when that is complete"),
  RELEASE_SUPERSEDED(
      503,
      IssueType.TRANSIENT,
      "AR",
      207,
      "本进程的索引规则为第 {0} 版，数据库已由新版本按第 {1} 版建立索引；请停止旧版本进程",
      "This process indexes by rules of version {0}, and a newer release has taken the database to version {1}: stop the older release"),
  SEARCH_PARAMETER_REFUSED(
      422,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "不能采用此检索参数：{0}",
      "This search parameter cannot be used: {0}"),
  SEARCH_MODIFIER_UNKNOWN(
      400,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "检索参数 {0} 不支持修饰符 {1}",
      "The search parameter {0} does not take the modifier {1}"),
  SEARCH_VALUE_INVALID(
      400,
      IssueType.VALUE,
      "AE",
      102,
      "检索参数 {0} 的值 {1} 无效：{2}",
      "The value {1} of the search parameter {0} is invalid: {2}"),
  SEARCH_TOO_COMPLEX(
      400,
      IssueType.TOOCOSTLY,
      "AE",
      207,
      "检索条件 {0} 过于复杂（上限 {1}）；请缩短链式条件、写明引用的资源类型或减少取值",
      "The search criterion {0} is too complex (at most {1}); shorten the chain, name the types it goes through, or give fewer values"),
  SEARCH_TOO_SLOW(
      400,
      IssueType.TOOCOSTLY,
      "AE",
      207,
      "检索超过 {0} 秒，已停止；请增加患者、编码或日期等条件",
      "The search was stopped after {0} s; narrow it by patient, code or date"),
  VALUE_SET_UNKNOWN(
      400,
      IssueType.NOTFOUND,
      "AE",
      204,
      "检索参数 {0}：本平台没有值集或编码系统 {1}；请先将其写入本平台",
      "The search parameter {0}: this hub has no value set or code system {1}; store it here first"),
  MATCHES_NOT_ONE(
      412,
      IssueType.MULTIPLEMATCHES,
      "AE",
      205,
      "条件 {0} 匹配到多个资源",
      "More than one resource meets the criterion {0}"),
  MATCHES_TOO_MANY(
      412,
      IssueType.MULTIPLEMATCHES,
      "AE",
      205,
      "条件 {0} 匹配到的资源超过 {1} 个，未删除任何资源；请收窄条件，分次删除",
      "More than {1} resources meet the criterion {0}, and none was deleted: narrow it and delete in parts"),
  OPERATION_UNKNOWN(
      404, IssueType.NOTSUPPORTED, "AE", 200, "没有操作 {0}", "There is no operation {0}"),
  PARAMETER_MISSING(400, IssueType.REQUIRED, "AE", 101, "缺少参数 {0}", "The parameter {0} is missing"),
  PARAMETER_INVALID(
      400, IssueType.VALUE, "AE", 102, "参数 {0} 无效：{1}", "The parameter {0} is invalid: {1}"),
  PARAMETER_UNKNOWN(
      400, IssueType.NOTSUPPORTED, "AE", 102, "{0} 没有参数 {1}", "{0} takes no parameter {1}"),
  PARAMETER_REPEATED(
      400,
      IssueType.INVALID,
      "AE",
      102,
      "参数 {0} 只能出现一次",
      "The parameter {0} may be given only once"),
  RESOURCE_EXISTS(
      412,
      IssueType.CONFLICT,
      "AE",
      205,
      "If-None-Match 要求尚无此资源，但 {0} 已存在",
      "If-None-Match asks that there be none, but there is a {0}"),
  PATCH_MALFORMED(
      400,
      IssueType.STRUCTURE,
      "AE",
      102,
      "补丁第 {0} 个操作无效：{1}",
      "Operation {0} of the patch is not valid: {1}"),
  PATCH_TARGET_MISSING(
      422,
      IssueType.NOTFOUND,
      "AE",
      204,
      "补丁第 {0} 个操作：{1} 处没有内容",
      "Operation {0} of the patch: there is nothing at {1}"),
  PATCH_TARGET_NOT_ONE(
      422,
      IssueType.MULTIPLEMATCHES,
      "AE",
      207,
      "补丁第 {0} 个操作：{1} 处有 {2} 个元素，只应有一个",
      "Operation {0} of the patch: there are {2} elements at {1}, where there must be one"),
  PATCH_ELEMENT_EXISTS(
      422,
      IssueType.DUPLICATE,
      "AE",
      205,
      "补丁第 {0} 个操作：{1} 已存在；请用 replace",
      "Operation {0} of the patch: there is a {1} already; replace it"),
  PATCH_TEST_FAILED(
      422,
      IssueType.CONFLICT,
      "AE",
      207,
      "补丁第 {0} 个操作：{1} 的值与 test 不符",
      "Operation {0} of the patch: {1} is not what it is tested to be"),
  PRECONDITION_MISSING(
      412, IssueType.REQUIRED, "AE", 101, "缺少所需数据：{0}", "Needed data cannot be had: {0}"),
  CDS_SERVICE_UNKNOWN(
      404, IssueType.NOTFOUND, "AE", 200, "没有 CDS 服务 {0}", "There is no CDS service {0}"),
  ADDRESS_UNKNOWN(404, IssueType.NOTFOUND, "AE", 200, "没有此地址", "There is nothing at this address"),
  METHOD_NOT_SUPPORTED(
      405, IssueType.NOTSUPPORTED, "AE", 200, "此地址不支持 {0}", "{0} is not supported at this address"),
  FORMAT_NOT_SUPPORTED(
      406,
      IssueType.NOTSUPPORTED,
      "AE",
      200,
      "只提供 application/fhir+json 与 application/fhir+xml（FHIR 4.0）",
      "Only application/fhir+json and application/fhir+xml are served (FHIR 4.0)"),
  CONTENT_TYPE_UNSUPPORTED(
      415,
      IssueType.NOTSUPPORTED,
      "AE",
      200,
      "不支持内容类型 {0}；请用 application/fhir+json 或 application/fhir+xml（UTF-8）",
      "The content type {0} is not supported; send application/fhir+json or application/fhir+xml (UTF-8)"),
  RECOGNITION_NOT_UNDONE(
      422,
      IssueType.BUSINESSRULE,
      "AE",
      207,
      "不能撤销互认：{0}",
      "The recognition cannot be undone: {0}"),
  DIFFERENCE_NOT_TELLABLE(
      422,
      IssueType.NOTSUPPORTED,
      "AE",
      207,
      "{0} 只有扩展而没有值，FHIRPath Patch 无法表达此差异",
      "{0} has extensions and no value, which a FHIRPath Patch cannot tell"),
  PROFILE_NOT_MET(
      422,
      IssueType.INVALID,
      "AE",
      102,
      "第 {0} 行不符合规范：{1}",
      "Line {0} is not as the profile asks: {1}"),
  BULK_JOB_UNKNOWN(
      404,
      IssueType.NOTFOUND,
      "AE",
      204,
      "没有此批量任务或文件，或者已取消、已过期",
      "There is no such bulk job or file, or it was cancelled or has expired"),
  BULK_NOT_ASYNC(
      400,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "批量操作只能异步进行；请加上请求头 Prefer: respond-async",
      "Bulk operations run asynchronously; send the header Prefer: respond-async"),
  EXPORT_PARAMETER_IGNORED(
      400,
      IssueType.NOTSUPPORTED,
      "AE",
      102,
      "不支持导出参数 {0}，已忽略",
      "The export parameter {0} is not supported and was ignored"),
  EXPORT_NOT_WHOLE(
      403,
      IssueType.FORBIDDEN,
      "AE",
      102,
      "去标识化导出只提供整个区域，不接受参数 {0}：按部分导出可能识别出个人",
      "What is de-identified is exported of the whole region, without {0}: a part of it might single"
          + " persons out"),
  IMPORT_SOURCE_REFUSED(
      403,
      IssueType.FORBIDDEN,
      "AE",
      207,
      "本平台不从 {0} 导入；允许的来源由 yitong.bulk.import-from 设定",
      "This hub does not import from {0}; yitong.bulk.import-from names whence it does"),
  IMPORT_SOURCE_UNREACHABLE(
      502, IssueType.TRANSIENT, "AE", 207, "无法取得 {0}：{1}", "{0} could not be fetched: {1}"),
  IMPORT_ID_MISSING(
      400,
      IssueType.REQUIRED,
      "AE",
      101,
      "导入的资源必须带有 id，重复导入才不会产生两份",
      "An imported resource needs an id, so that importing it again does not make two of it"),
  REQUEST_TOO_LARGE(
      413, IssueType.TOOLONG, "AE", 102, "请求超过 {0} 字节", "The request is over {0} bytes"),

  // Access
  NOT_AUTHENTICATED(401, IssueType.LOGIN, "AE", 207, "需要有效的访问令牌", "A valid access token is needed"),
  NOT_PERMITTED(
      403,
      IssueType.FORBIDDEN,
      "AE",
      207,
      "无权访问所请求的内容",
      "What was asked for is not open to this caller"),
  SCOPE_MISSING(
      403,
      IssueType.FORBIDDEN,
      "AE",
      207,
      "访问令牌缺少对 {0} 的 {1} 权限",
      "The access token lacks the {1} permission on {0}"),
  OTHER_INSTITUTIONS_DATA(
      403,
      IssueType.FORBIDDEN,
      "AE",
      207,
      "{0} 只能写入本机构的数据",
      "{0} may write its own institution''s data only"),
  AGREEMENT_REFUSES(
      403,
      IssueType.FORBIDDEN,
      "AE",
      207,
      "协议 {0} 不包括此项：{1}",
      "The agreement {0} does not cover this: {1}"),

  RATE_EXCEEDED(
      429,
      IssueType.THROTTLED,
      "AR",
      207,
      "请求过于频繁，请在 {0} 秒后重试",
      "Too many requests; try again in {0} s"),

  ISSUER_UNREACHABLE(
      503,
      IssueType.TRANSIENT,
      "AR",
      207,
      "暂时无法核验访问令牌，请稍后重试",
      "The access token cannot be verified just now; try again"),

  // Identity and terminology
  RESIDENT_ID_INVALID(
      422,
      IssueType.VALUE,
      "AE",
      102,
      "身份证号 {0} 不符合 GB 11643：{1}",
      "The resident ID {0} does not follow GB 11643: {1}"),
  PERSONS_CANNOT_MERGE(
      422,
      IssueType.BUSINESSRULE,
      "AE",
      204,
      "不能合并 {0} 与 {1}：{2}",
      "{0} and {1} cannot be merged: {2}"),
  CODE_MAP_INVALID(
      500, IssueType.CODEINVALID, "AE", 207, "对照表 {0} 第 {1} 行：{2}", "Code map {0}, line {1}: {2}"),

  // Feeds: the content of a message
  MESSAGE_TRUNCATED(
      400,
      IssueType.INCOMPLETE,
      "AR",
      100,
      "消息不完整：没有 MLLP 结束符",
      "The message is cut off: no MLLP end block"),
  MESSAGE_UNREADABLE(
      400, IssueType.STRUCTURE, "AE", 100, "不是 HL7 v2 消息：{0}", "This is no HL7 v2 message: {0}"),
  MESSAGE_CHARSET_WRONG(
      400,
      IssueType.VALUE,
      "AE",
      102,
      "消息内容不符合字符集 {0}（第 {1} 字节起）；请检查 MSH-18 或机构配置",
      "The bytes are not {0} (from byte {1}); check MSH-18 or the institution''s file"),
  MESSAGE_CHARSET_UNKNOWN(
      400,
      IssueType.NOTSUPPORTED,
      "AE",
      103,
      "MSH-18 中的字符集 {0} 不受支持",
      "The character set {0} of MSH-18 is not supported"),
  MESSAGE_WITHOUT_CONTROL_ID(
      400,
      IssueType.REQUIRED,
      "AE",
      101,
      "MSH-10（消息控制编号）为空",
      "MSH-10 (message control id) is empty"),
  MESSAGE_TYPE_UNSUPPORTED(
      400,
      IssueType.NOTSUPPORTED,
      "AR",
      200,
      "不支持消息类型 {0}",
      "The message type {0} is not supported"),
  MESSAGE_PROCESSING_ID_UNSUPPORTED(
      400,
      IssueType.NOTSUPPORTED,
      "AR",
      202,
      "不支持 MSH-11 处理方式 {0}",
      "The processing id {0} of MSH-11 is not supported"),
  MESSAGE_VERSION_UNSUPPORTED(
      400,
      IssueType.NOTSUPPORTED,
      "AR",
      203,
      "不支持 HL7 版本 {0}",
      "The HL7 version {0} is not supported"),
  MESSAGE_SEGMENT_MISSING(
      400, IssueType.REQUIRED, "AE", 100, "缺少 {0} 段", "The segment {0} is missing"),
  MESSAGE_FIELD_MISSING(400, IssueType.REQUIRED, "AE", 101, "{0} 为空", "{0} is empty"),
  MESSAGE_FIELD_INVALID(
      400, IssueType.VALUE, "AE", 102, "{0} 的值 {1} 无效：{2}", "The value {1} of {0} is invalid: {2}"),
  MESSAGE_SEVERAL_PATIENTS(
      400,
      IssueType.INVALID,
      "AE",
      207,
      "消息包含多位患者；请每位患者单独发送一条消息",
      "The message is about several patients; send one message for each"),
  MESSAGE_CONTROL_ID_REUSED(
      400,
      IssueType.DUPLICATE,
      "AE",
      205,
      "消息控制编号 {0} 已用于另一条内容不同的消息",
      "The control id {0} was used by another message with other content"),
  PATIENT_UNKNOWN(
      422,
      IssueType.NOTFOUND,
      "AE",
      204,
      "患者号 {0} 未登记；登记后将自动重新处理本消息",
      "The patient number {0} is not registered; the message is applied once it is"),
  CSV_COLUMN_MISSING(
      400, IssueType.REQUIRED, "AE", 101, "CSV 缺少列 {0}", "The CSV file lacks the column {0}"),
  CSV_ROW_INVALID(
      400, IssueType.VALUE, "AE", 102, "CSV 第 {0} 行，列 {1}：{2}", "CSV line {0}, column {1}: {2}"),

  // Partners
  PARTNER_UNREACHABLE(
      504, IssueType.TIMEOUT, "AE", 207, "在时限内未得到{0}的答复", "{0} did not answer within its deadline"),
  PARTNER_REFUSED(
      502, IssueType.PROCESSING, "AE", 207, "{0}拒绝了请求：{1}", "{0} refused the request: {1}"),

  // The hub itself: nothing to do with the content, worth trying again
  DATABASE_UNREACHABLE(
      503,
      IssueType.TRANSIENT,
      "AR",
      207,
      "平台暂时无法保存数据，请稍后重试",
      "The hub cannot store data just now; try again"),
  BUSY(503, IssueType.THROTTLED, "AR", 207, "平台繁忙，请稍后重试", "The hub is busy; try again"),
  INTERNAL(
      500,
      IssueType.EXCEPTION,
      "AE",
      207,
      "平台内部错误，编号 {0}",
      "An internal error of the hub, number {0}");

  private final int status;
  private final IssueType issue;
  private final String acknowledgement;
  private final int hl7Condition;
  private final String chinese;
  private final String english;

  ErrorCode(
      int status,
      IssueType issue,
      String acknowledgement,
      int hl7Condition,
      String chinese,
      String english) {
    this.status = status;
    this.issue = issue;
    this.acknowledgement = acknowledgement;
    this.hl7Condition = hl7Condition;
    this.chinese = chinese;
    this.english = english;
  }

  /** For example {@code search-parameter-unknown}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int status() {
    return status;
  }

  public IssueType issue() {
    return issue;
  }

  /**
   * HL7 table 0008: AE for an error in the content, AR for what may be tried again or was never
   * ours to take.
   */
  public String acknowledgement() {
    return acknowledgement;
  }

  /** HL7 table 0357, for ERR-3. */
  public int hl7Condition() {
    return hl7Condition;
  }

  public String chinese(Object... arguments) {
    return new MessageFormat(chinese, Locale.ROOT).format(arguments);
  }

  public String english(Object... arguments) {
    return new MessageFormat(english, Locale.ROOT).format(arguments);
  }
}
